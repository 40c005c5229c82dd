import type { SourceEntry, SourceObject } from '../source-value.ts';
import type { WrittenRequest } from './written-request.ts';

/** How the entries of an object are written, so that a new one looks like the others. */
export interface ObjectStyle {
  readonly key: (name: string) => string;
  /** One entry a line, with this in front; `undefined`: all on one line. */
  readonly indent: string | undefined;
  /** One step of indentation. */
  readonly unit: string;
  /** Inside the braces of an object on one line. */
  readonly space: string;
  /** The language knows `{ name }`. */
  readonly shorthand: boolean;
  /** Behind the last entry of an object over several lines. */
  readonly comma: '' | ',';
}

export function objectStyle(
  object: SourceObject,
  style: WrittenRequest['style'],
  source: string,
): ObjectStyle {
  const [first] = object.entries;
  const inside = first && first.span.from >= object.span.from && first.span.to <= object.span.to;
  const lead = inside ? source.slice(object.span.from + 1, first.span.from) : '';
  const quote = quoteOf(object, style, source);
  const indent = lead.includes('\n') ? indentAt(source, first?.span.from ?? 0) : undefined;
  const outer = indentAt(source, object.span.to);
  const step = indent?.startsWith(outer) ? indent.slice(outer.length) : '';
  return {
    key: (name) => (quote === '' && /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name, quote || "'")),
    indent,
    unit: step === '' ? (style === 'python' ? '    ' : '  ') : step,
    shorthand: style === 'javascript',
    comma: style === 'json' ? '' : ',',
    space: lead.startsWith(' ') || (style === 'javascript' && lead === '' && !inside) ? ' ' : '',
  };
}

/** A key renamed, in the quotes that it has. */
export function renamedKey(entry: SourceEntry, name: string, source: string): string {
  const first = source[entry.key.from] ?? '';
  if (first === '"' || first === "'") return quoted(name, first);
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name, "'");
}

/** What is written as the value of an entry; `undefined` where the entry is no `key: value`. */
export function valueText(entry: SourceEntry, source: string): string | undefined {
  if (entry.shorthand) return source.slice(entry.key.from, entry.key.to);
  const rest = source.slice(entry.key.to, entry.span.to);
  const colon = /^\s*:\s*/.exec(rest)?.[0];
  return colon === undefined ? undefined : rest.slice(colon.length);
}

function quoteOf(object: SourceObject, style: WrittenRequest['style'], source: string): '' | '"' | "'" {
  if (style === 'json') return '"';
  const quotes = object.entries
    .map(({ key }) => source[key.from])
    .filter((char) => char === '"' || char === "'");
  const [first] = quotes;
  if (first === '"' || first === "'") return first;
  return style === 'python' ? '"' : '';
}

/** Names of a document are data: what would end the text is escaped. */
function quoted(name: string, quote: string): string {
  return (
    quote + name.replace(/[\\'"]/g, (char) => (char === quote || char === '\\' ? `\\${char}` : char)) + quote
  );
}

function indentAt(source: string, at: number): string {
  const line = source.slice(source.lastIndexOf('\n', at - 1) + 1, at);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}
