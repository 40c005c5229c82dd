import type { Match } from '../match/match.ts';
import { isCredentialName } from './is-credential-name.ts';

/** Whether a header, query parameter or cookie of an operation carries a key: it is declared so, or called so. */
export function isCredential(match: Match, name: string | number | undefined): boolean {
  if (typeof name !== 'string') return false;
  const lower = name.toLowerCase();
  if (lower === 'authorization') return true;
  return (
    match.operation.security().some((together) => together.some((one) => one.key?.toLowerCase() === lower)) ||
    isCredentialName(name)
  );
}
