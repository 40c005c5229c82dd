import type { Finding } from '../explanation.ts';
import type { FieldPlace } from '../match/match.ts';
import type { FoundCall, FoundCommand } from './found-call.ts';
import { entryOf, type SourceValue, type Span } from './source-value.ts';

/** The piece of source that a finding speaks of: the name of the field, the URL, the method; else the call. */
export function findingSpan(finding: Finding, call: FoundCall | FoundCommand, text: string): Span {
  if ('request' in call) return commandSpan(finding, call, text);
  const { where } = finding;
  switch (where.part) {
    case 'method':
      return call.method.span ?? call.span;
    case 'host':
    case 'path':
      return urlSpan(call);
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
  if (place.in === 'path') return urlSpan(call);
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

/** What the call itself writes of a URL that is joined with a base. */
function urlSpan({ url, span }: FoundCall): Span {
  if (url.span.from !== span.from || url.span.to !== span.to) return url.span;
  const own = url.parts.flatMap((part) => {
    const at = part.kind === 'literal' ? part.span : part.inner;
    return at && at.from >= span.from && at.to <= span.to ? [at] : [];
  });
  const [first] = own;
  const last = own.at(-1);
  return first && last ? { from: first.from, to: last.to } : span;
}

/** The field or the path where the command writes it, found by its text. */
function commandSpan({ where }: Finding, { span, request }: FoundCommand, text: string): Span {
  const name =
    where.part === 'field' ? where.place.steps.findLast((step) => typeof step === 'string') : undefined;
  const wanted = where.part === 'path' || where.part === 'host' ? request.path : name && `"${name}"`;
  const at = wanted ? text.slice(span.from, span.to).indexOf(wanted) : -1;
  if (!wanted || at < 0) return span;
  return { from: span.from + at, to: span.from + at + wanted.length };
}

function within(span: Span, call: FoundCall): Span {
  return span.from < span.to ? span : call.span;
}
