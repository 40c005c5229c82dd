import type { Budget, Role } from '../calls/index.ts';

/** Who sent a request. */
export interface Caller {
  /** `local` for the token of the machine's own user. */
  readonly keyId: string;
  /** Stands in timelines as the one who did it. */
  readonly name: string;
  readonly role: Role;
  readonly budget: Budget | undefined;
  /** Requests a minute; `undefined` for the token, whose user owns the machine. */
  readonly ratePerMinute: number | undefined;
}

/** Calls that agents ask for are counted under this key. */
export const callContactKeyId = 'call-contact';

/** What Donna and the machine's own user are called in timelines and budgets: names that no key may have. */
export const ownNames: readonly string[] = ['local', callContactKeyId, 'donna'];

const ranks: Readonly<Record<Role, number>> = { viewer: 0, caller: 1, operator: 2, admin: 3 };

export function mayActAs(caller: Caller, needed: Role): boolean {
  return ranks[caller.role] >= ranks[needed];
}
