import type { SentRequest } from '../exchange/exchange.ts';
import type { Explanation, Finding } from '../explanation.ts';
import type { FieldPlace } from '../match/match.ts';
import { placeName } from '../rules/place-name.ts';
import { holdsUnknown } from './unknown-value.ts';

/** What the source leaves open about a request. */
export interface OpenParts {
  readonly baseUnknown: boolean;
  readonly headers: boolean;
  readonly query: boolean;
  readonly body: boolean;
}

const aboutValues = new Set(['wrong-type', 'wrong-format', 'enum-value', 'union-branch', 'unknown-resource']);
const aboutCredentials = new Set(['missing-auth', 'wrong-auth', 'refused-credentials']);
const aboutServers = new Set(['wrong-host', 'wrong-base-path']);

/** The findings that hold whatever the values are that the source does not say. */
export function holdingFindings(explanation: Explanation, open: OpenParts): readonly Finding[] {
  return explanation.findings.filter((finding) => {
    const place = finding.where.part === 'field' ? finding.where.place : undefined;
    if (open.baseUnknown && aboutServers.has(finding.rule)) return false;
    if (aboutCredentials.has(finding.rule) && (open.headers || holdsUnknown(finding.sent))) return false;
    if (finding.rule === 'wrong-content-type' && (open.headers || setsOwnType(explanation.request)))
      return false;
    if (finding.rule === 'missing-required') return !isOpen(place, open, explanation.request);
    if (!aboutValues.has(finding.rule)) return true;
    return place && place.in !== 'path' ? !isUnknownAt(place, explanation) : !holdsUnknown(finding.sent);
  });
}

/** A body that is not written here may be a form that brings its type with it. */
function setsOwnType({ body, contentType }: SentRequest): boolean {
  return body.kind === 'unread' && contentType === undefined;
}

function isOpen(place: FieldPlace | undefined, open: OpenParts, request: SentRequest): boolean {
  if (place?.in === 'header' || place?.in === 'cookie') return open.headers;
  if (place?.in === 'query') return open.query;
  if (place?.in === 'path') return false;
  return open.body || request.body.kind === 'unread';
}

/** The value at a place of the request as it was sent, or as it is right; a hole of the fix says nothing of what was sent. */
function isUnknownAt(place: FieldPlace, { request, fix }: Explanation): boolean {
  if (unknownIn(request, place)) return true;
  const isHole = fix?.holes.some((hole) => placeName(hole.place) === placeName(place));
  return fix !== undefined && !isHole && unknownIn(fix.request, place);
}

function unknownIn(request: SentRequest, place: FieldPlace): boolean {
  const [first] = place.steps;
  if (place.in === 'query')
    return request.query.some(([name, value]) => name === first && holdsUnknown(value));
  if (place.in === 'header') {
    const wanted = String(first).toLowerCase();
    return (request.headers ?? []).some(
      ([name, value]) => name.toLowerCase() === wanted && holdsUnknown(value),
    );
  }
  if (place.in !== 'body' || (request.body.kind !== 'json' && request.body.kind !== 'form')) return false;
  let value: unknown = request.body.value;
  for (const step of place.steps) {
    // What lies inside a value that is not known is not known either.
    if (holdsUnknown(value)) return true;
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return false;
    value = (value as Record<string | number, unknown>)[step];
  }
  return holdsUnknownInside(value, 0);
}

function holdsUnknownInside(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null || depth > 20) return holdsUnknown(value);
  return Object.values(value).some((inner) => holdsUnknownInside(inner, depth + 1));
}
