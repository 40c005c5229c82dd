import type { SentBody } from '../../exchange/exchange.ts';
import type { Explanation } from '../../explanation.ts';
import type { SourceObject, SourceValue, Span } from '../source-value.ts';
import { holdsUnknown } from '../unknown-value.ts';
import type { Edit } from './edit.ts';
import type { WrittenRequest } from './written-request.ts';

type Steps = readonly (string | number)[];

const deepest = 40;

/** Literals of the body that are another value in the right request, such as a listed value that was misspelt. `movedTo` says where a field went. */
export function valueEdits(
  { request, fix }: Explanation,
  written: WrittenRequest,
  movedTo: (steps: Steps) => Steps,
  source: string,
): readonly Edit[] | undefined {
  const { body } = written.objects;
  const sent = sentValue(request.body);
  const right = sentValue(fix?.request.body);
  if (!body || sent === undefined || right === undefined) return [];
  const edits: Edit[] = [];
  for (const { steps, value } of leaves(body, [], 0)) {
    const before = at(sent, steps);
    const after = at(right, movedTo(steps));
    if (after === undefined || typeof after === 'object' || before === after || holdsUnknown(after)) continue;
    const span = literalSpan(value, source);
    const text = literalText(after, span && source.slice(span.from, span.to), written.style);
    if (!span || text === undefined) return undefined;
    edits.push({ ...span, text });
  }
  return edits;
}

function sentValue(body: SentBody | undefined): unknown {
  return body && 'value' in body ? body.value : undefined;
}

function leaves(
  value: SourceValue,
  steps: Steps,
  depth: number,
): { readonly steps: Steps; readonly value: SourceValue }[] {
  if (depth > deepest) return [];
  if (value.kind === 'object') return objectLeaves(value, steps, depth);
  if (value.kind !== 'list') return [{ steps, value }];
  return value.items.flatMap((item, index) => leaves(item, [...steps, index], depth + 1));
}

function objectLeaves(object: SourceObject, steps: Steps, depth: number) {
  return object.entries.flatMap((entry) => leaves(entry.value, [...steps, entry.name], depth + 1));
}

function at(value: unknown, steps: Steps): unknown {
  let found = value;
  for (const step of steps) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Record<string | number, unknown>)[step];
  }
  return found;
}

/** Of a literal with its quotes, where it is written in one piece. */
function literalSpan(value: SourceValue, source: string): Span | undefined {
  if (value.kind === 'plain') return value.span;
  const [only] = value.kind === 'text' && value.parts.length === 1 ? value.parts : [];
  if (only?.kind !== 'literal' || !only.span) return undefined;
  const span = { from: only.span.from - 1, to: only.span.to + 1 };
  return /^(['"`])[\s\S]*\1$/.test(source.slice(span.from, span.to)) ? span : undefined;
}

/** In the quotes that were there. */
function literalText(
  value: unknown,
  before: string | undefined,
  style: WrittenRequest['style'],
): string | undefined {
  if (typeof value === 'number') return String(value);
  if (value === null) return style === 'python' ? 'None' : 'null';
  if (typeof value === 'boolean') return style === 'python' ? (value ? 'True' : 'False') : String(value);
  if (typeof value !== 'string' || !/^[\w .:+@/-]*$/.test(value)) return undefined;
  const first = before?.[0];
  const quote = first === '"' || first === "'" || first === '`' ? first : style === 'javascript' ? "'" : '"';
  return quote + value + quote;
}
