import type { Match } from '../match/match.ts';
import { plainName } from '../match/words.ts';
import { isCredentialName } from './is-credential-name.ts';

/** Whether a header, query parameter or cookie of an operation carries a key: it is declared so, or called so. */
export function isCredential(match: Match, name: string | number | undefined): boolean {
  if (typeof name !== 'string') return false;
  return (
    match.operation
      .security()
      .some((together) => together.some((one) => plainName(one.key ?? '') === plainName(name))) ||
    isCredentialName(name)
  );
}
