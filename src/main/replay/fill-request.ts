import type { SentRequest } from '../../diagnosis/exchange/exchange.ts';
import { percentDecoded } from '../../kernel/percent-decoded.ts';
import type { StandIn } from './stand-ins.ts';

/** The request with the values of the sandbox in the place of the user's, wherever they stand. */
export function fillRequest(request: SentRequest, standIns: readonly StandIn[]): SentRequest {
  const used = new Map(standIns.map((one) => [one.sent, one.used]));
  const text = (value: string) => used.get(value) ?? value;
  const { body } = request;
  return {
    ...request,
    path: request.path
      .split('/')
      .map((segment) => fillSegment(segment, used))
      .join('/'),
    query: request.query.map(([name, value]) => [name, text(value)] as const),
    body:
      body.kind === 'json'
        ? { ...body, value: fillValue(body.value, text) }
        : body.kind === 'form'
          ? { ...body, value: fillValue(body.value, text) as Readonly<Record<string, unknown>> }
          : body,
  };
}

function fillSegment(segment: string, used: ReadonlyMap<string, string>): string {
  for (const suffix of ['', '.json']) {
    if (!segment.endsWith(suffix)) continue;
    const value = percentDecoded(segment.slice(0, segment.length - suffix.length));
    const other = used.get(value);
    if (other !== undefined) return `${encodeURIComponent(other)}${suffix}`;
  }
  return segment;
}

function fillValue(value: unknown, text: (value: string) => string, depth = 0): unknown {
  if (typeof value === 'string') return text(value);
  // Deeper than anything that a provider reads.
  if (typeof value !== 'object' || value === null || depth > 64) return value;
  if (Array.isArray(value)) return value.map((one) => fillValue(one, text, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, fillValue(one, text, depth + 1)]),
  );
}
