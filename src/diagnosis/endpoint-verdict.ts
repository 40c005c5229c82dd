import type { EndpointHistory } from './endpoint-history.ts';

/** What is the matter with an endpoint that someone used. */
export type EndpointVerdict =
  | {
      readonly kind: 'never-existed';
      /** The path exists with these. */
      readonly otherMethods: readonly string[];
    }
  | {
      readonly kind: 'removed';
      readonly lastSeen: string;
      readonly goneBy?: string;
      readonly successor?: string;
    }
  | { readonly kind: 'deprecated'; readonly since: string; readonly successor?: string }
  | { readonly kind: 'no-permission' }
  | { readonly kind: 'exists' };

/** What a live answer says of the endpoint itself; `unknown` where it says nothing, as a 5xx or no answer. */
export type LiveWord = 'no-such-path' | 'wrong-method' | 'no-permission' | 'exists' | 'unknown';

/**
 * The verdict on an endpoint. The live answer has the first word: whether the endpoint is there. What became of one that is
 * not, only the dated documents know.
 */
export function endpointVerdict(
  method: string,
  path: string,
  live: LiveWord,
  history: EndpointHistory,
): EndpointVerdict {
  // An unknown path is a 404 before any right is looked at, so who is refused a right has found the endpoint.
  if (live === 'no-permission') return { kind: 'no-permission' };
  const facts = history.find(method, path);
  const next = facts?.successor === undefined ? {} : { successor: facts.successor };
  const there =
    live === 'exists' || (live === 'unknown' && facts !== undefined && facts.lastSeen === undefined);
  if (there) {
    return facts?.deprecatedSince === undefined
      ? { kind: 'exists' }
      : { kind: 'deprecated', since: facts.deprecatedSince, ...next };
  }
  if (facts) {
    // In the newest document that we know, and gone since.
    const lastSeen = facts.lastSeen ?? history.newest;
    return { kind: 'removed', lastSeen, ...(facts.goneBy ? { goneBy: facts.goneBy } : {}), ...next };
  }
  const otherMethods = history.livingMethods(path);
  return { kind: 'never-existed', otherMethods };
}

/** The verdict in words. */
export function describeVerdict(verdict: EndpointVerdict, history: EndpointHistory): string {
  const use = 'successor' in verdict && verdict.successor ? `; ${verdict.successor} took over` : '';
  switch (verdict.kind) {
    case 'never-existed':
      return `never existed (in no document from ${history.oldest} to ${history.newest})${
        verdict.otherMethods.length > 0 ? `; the path takes ${verdict.otherMethods.join(', ')}` : ''
      }`;
    case 'removed':
      return `removed: last seen in the document of ${verdict.lastSeen}${
        verdict.goneBy ? `, gone by ${verdict.goneBy}` : ', and gone since'
      }${use}`;
    case 'deprecated':
      return `deprecated by ${verdict.since}${use}`;
    case 'no-permission':
      return 'exists, and the key has no permission';
    case 'exists':
      return 'exists';
  }
}
