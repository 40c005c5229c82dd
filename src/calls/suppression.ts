import { createHmac } from 'node:crypto';
import type { PhoneNumber } from '../kernel/phone-number.ts';

export const suppressionReasons = [
  'asked-not-to-be-called',
  'wrong-person',
  'invalid-number',
  'manual',
] as const;
export type SuppressionReason = (typeof suppressionReasons)[number];

/** A number that is not called. The number itself is not kept: `hash` finds it and `masked` shows it. */
export interface Suppression {
  /** By `numberHash`. */
  readonly hash: string;
  /** By `maskNumber`. */
  readonly masked: string;
  readonly reason: SuppressionReason;
  readonly note: string;
  readonly addedAt: Date;
  /** The person, the key or the call that put it there. */
  readonly addedBy: string;
  /** From this moment on the number may be called again; without it, never. */
  readonly expiresAt?: Date | undefined;
}

/**
 * The keyed hash of a number: HMAC-SHA256 in hex. There are few enough numbers to try them all, so a plain hash would hide
 * nothing; whoever has the table needs `secret` (DONNA_SECRET) too. Throws a plain error for an empty secret.
 */
export function numberHash(secret: string, number: PhoneNumber): string {
  if (secret === '') throw new Error('The secret of the number hashes is empty.');
  return createHmac('sha256', secret).update(number).digest('hex');
}

/** Whether the number is still not to be called. An end that is no date is none. */
export function isInForce({ expiresAt }: Suppression, nowMs: number): boolean {
  return !(expiresAt && expiresAt.getTime() <= nowMs);
}
