import type { Finding } from '../explanation.ts';
import type { FieldPlace } from '../match/match.ts';
import type { FoundCall, FoundCommand } from './found-call.ts';
import { entryOf, type SourceValue, type Span } from './source-value.ts';

/** The piece of source that a finding speaks of: the name of the field, the URL, the method; else the call. */
export function findingSpan(finding: Finding, call: FoundCall | FoundCommand): Span {
  if ('request' in call) return call.span;
  const { where } = finding;
  switch (where.part) {
    case 'method':
      return call.method.span ?? call.span;
    case 'host':
    case 'path':
      return within(call.url.span, call);
    case 'field':
      return fieldSpan(where.place, call) ?? call.span;
    case 'auth':
    case 'content-type':
      return call.headers ? within(call.headers.span, call) : call.span;
    case 'body':
      return call.body ? within(call.body.value.span, call) : call.span;
    default:
      return call.span;
  }
}

function fieldSpan(place: FieldPlace, call: FoundCall): Span | undefined {
  if (place.in === 'path') return within(call.url.span, call);
  const root = place.in === 'query' ? call.query : place.in === 'header' ? call.headers : call.body?.value;
  let value: SourceValue | undefined = root?.kind === 'encoded' ? root.value : root;
  let found: Span | undefined;
  for (const step of place.steps) {
    if (value?.kind === 'encoded') value = value.value;
    if (typeof step === 'number') {
      value = value?.kind === 'list' ? value.items[step] : undefined;
      found = value?.span ?? found;
      continue;
    }
    const entry = entryOf(value, step);
    if (!entry) break;
    found = entry.key;
    value = entry.value;
  }
  // A field that is missing belongs into the innermost object that is there.
  return found ?? (root ? within(root.span, call) : undefined);
}

/** A joined URL has the span of its call; any other is where it is written. */
function within(span: Span, call: FoundCall): Span {
  return span.from < span.to ? span : call.span;
}
