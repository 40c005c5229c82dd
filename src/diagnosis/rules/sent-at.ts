import type { SentRequest } from '../exchange/exchange.ts';
import { bodyValue } from '../match/body-content.ts';
import type { FieldPlace } from '../match/match.ts';
import { headerOf } from './header-of.ts';

/** The value that was sent at a place of the query, the headers or the body; `undefined` where there was none. */
export function sentAt(request: SentRequest, place: FieldPlace): unknown {
  const [first] = place.steps;
  if (place.in === 'query') return request.query.find(([name]) => name === first)?.[1];
  if (place.in === 'header') return headerOf(request, String(first));
  if (place.in !== 'body') return undefined;
  let value = bodyValue(request);
  for (const step of place.steps) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[step];
  }
  return value;
}
