import { createHash } from 'node:crypto';
import { fingerprint } from './fingerprint.ts';
import type { ServiceCallRequest } from './submit-call.ts';

/** How long the sha256 of a request stands for it, and how long a key that the caller made. */
const OWN_KEY_MS = 10 * 60_000;
const GIVEN_KEY_MS = 24 * 3600_000;

/** The key of a request, what has to be the same for it to count as the same request, and for how long. */
export function idempotencyOf(request: ServiceCallRequest): {
  readonly key: string;
  readonly requestHash: string;
  readonly keptMs: number;
} {
  const requestHash = hashOf(request);
  if (request.idempotencyKey) return { key: request.idempotencyKey, requestHash, keptMs: GIVEN_KEY_MS };
  return { key: `sha256:${requestFingerprint(request)}`, requestHash, keptMs: OWN_KEY_MS };
}

/** What makes two requests the same intent, where the caller names no key. */
function requestFingerprint({ from, to, agentId, clientData }: ServiceCallRequest): string {
  const line = from ? ('lineId' in from ? from.lineId : from.number) : '';
  return fingerprint({
    lineId: line,
    to: to.number,
    agentId: agentId ?? '',
    variables: clientData.dynamic_variables ?? {},
  });
}

function hashOf(request: ServiceCallRequest): string {
  return createHash('sha256').update(canonicalJson(request)).digest('hex');
}

/** The same text for the same content, whatever the order of its fields. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner) && !(inner instanceof Date)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
