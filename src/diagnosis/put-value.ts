import type { SentBody, SentRequest } from './exchange/exchange.ts';
import { withValue } from './match/correct-request.ts';
import type { FieldPlace } from './match/match.ts';

/** The request with a value at a place; a parameter of the path stands there as `{name}` until then. */
export function putValue(request: SentRequest, place: FieldPlace, value: unknown): SentRequest {
  const name = String(place.steps[0] ?? '');
  switch (place.in) {
    case 'path':
      return { ...request, path: request.path.replace(`{${name}}`, () => inPath(String(value))) };
    case 'query': {
      const others = request.query.filter(([one]) => one !== name);
      return { ...request, query: [...others, [name, String(value)]] };
    }
    case 'header':
    case 'cookie': {
      const others = (request.headers ?? []).filter(([one]) => one.toLowerCase() !== name.toLowerCase());
      return place.in === 'cookie' ? request : { ...request, headers: [...others, [name, String(value)]] };
    }
    case 'body':
      return { ...request, ...withBody(request, place, value) };
  }
}

/** A hole stays to be seen. */
function inPath(text: string): string {
  return /^<[\w.-]+>$/.test(text) ? text : encodeURIComponent(text);
}

function withBody(
  request: SentRequest,
  place: FieldPlace,
  value: unknown,
): { body: SentBody; contentType: string | undefined } {
  const { body } = request;
  if (body.kind === 'form') {
    const filled = withValue(body.value, place.steps, value) as Readonly<Record<string, unknown>>;
    return { body: { ...body, value: filled }, contentType: request.contentType };
  }
  if (body.kind === 'text' || body.kind === 'unread') return { body, contentType: request.contentType };
  const filled = withValue(body.kind === 'json' ? body.value : {}, place.steps, value);
  return { body: { kind: 'json', value: filled }, contentType: request.contentType ?? 'application/json' };
}
