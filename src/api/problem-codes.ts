import type { ErrorCode } from '../kernel/error-codes.ts';

interface ProblemKind {
  /** HTTP status (RFC 9110). */
  readonly status: number;
  /** The same for every problem of this code (RFC 9457). */
  readonly title: string;
}

/** Problems of the API itself. A request that is refused before any verb runs has one of these. */
const ofHttp = {
  unauthenticated: { status: 401, title: 'No key, or one that is not in force' },
  forbidden: { status: 403, title: 'The key has no right to this' },
  'wrong-origin': { status: 403, title: 'Not for web pages of other places' },
  'wrong-host': { status: 421, title: 'This server does not go by that name' },
  'method-not-allowed': { status: 405, title: 'The path does not take this method' },
  'too-large': { status: 413, title: 'The request is too large' },
  'wrong-media-type': { status: 415, title: 'The body is not JSON' },
  'wrong-range': { status: 416, title: 'The range is not in the recording' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  conflict: { status: 409, title: 'It does not fit the state of things' },
  'still-running': { status: 409, title: 'The same request is being worked on' },
  'idempotency-mismatch': { status: 422, title: 'The idempotency key belongs to another request' },
  guard: { status: 422, title: 'The dial guard refuses the number' },
  gate: { status: 422, title: 'The gate would refuse the dial' },
  preflight: { status: 422, title: 'The call would fail' },
  'no-document': { status: 422, title: 'There is no such document, or it cannot be read' },
  'too-costly': { status: 422, title: 'It takes more time or memory than one request may have' },
  internal: { status: 500, title: 'Donna failed' },
  'not-ready': { status: 503, title: 'The service is not ready' },
} as const satisfies Record<string, ProblemKind>;

/** What the verbs raise. */
const ofErrors = {
  'bad-input': { status: 400, title: 'The request is not what it should be' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'bad-config': { status: 503, title: 'A setting of the server is wrong or missing' },
  'not-possible': { status: 422, title: 'It cannot be done with this account' },
  'provider-refused': { status: 502, title: 'The provider refused' },
  'provider-unreachable': { status: 502, title: 'The provider cannot be reached' },
  'provider-reply': { status: 502, title: 'The provider’s answer cannot be read' },
  'put-back': { status: 503, title: 'Nothing was sent, and it may be tried again' },
  storage: { status: 503, title: 'The database cannot be read or written' },
} as const satisfies Record<ErrorCode, ProblemKind>;

/** Every code a problem can carry. They are stable: programs tell problems apart by them. */
export const problemCodes = { ...ofHttp, ...ofErrors };

export type ProblemCode = keyof typeof problemCodes;
