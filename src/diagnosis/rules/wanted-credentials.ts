import type { Match } from '../match/match.ts';
import type { SecurityScheme } from '../spec/api-document.ts';
import { isCredential } from './is-credential.ts';

export interface WantedCredentials {
  /** Alternatives, each a list of schemes that go together. */
  readonly alternatives: readonly (readonly SecurityScheme[])[];
  /** The document asks for them; else it only knows a header for them. */
  readonly asked: boolean;
  readonly pointer: string;
}

/**
 * The credentials that an operation takes: its security schemes, or, where a document declares none, a header parameter that is
 * called like a key. `undefined` where it takes none, or may go without.
 */
export function wantedCredentials(match: Match): WantedCredentials | undefined {
  const { operation } = match;
  const declared = operation.security();
  if (declared.some((together) => together.length === 0)) return undefined;
  if (declared.length > 0) {
    return { alternatives: declared, asked: true, pointer: '#/components/securitySchemes' };
  }
  const header = operation
    .parameters()
    .find(
      (one) =>
        one.in === 'header' && isCredential(match, one.name) && one.name.toLowerCase() !== 'idempotency-key',
    );
  if (!header) return undefined;
  const scheme: SecurityScheme =
    header.name.toLowerCase() === 'authorization'
      ? { name: header.name, kind: 'http' }
      : { name: header.name, kind: 'apiKey', in: 'header', key: header.name };
  return { alternatives: [[scheme]], asked: header.required, pointer: header.pointer };
}
