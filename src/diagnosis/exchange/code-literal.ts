/** How a language writes literals. */
export interface LiteralStyle {
  readonly text: (value: string) => string;
  readonly name: (value: string) => string;
  readonly yes: string;
  readonly no: string;
  readonly nothing: string;
  /** One level. */
  readonly indent: string;
}

const LONGEST_LIST_LINE = 80;

/** A JSON value as a literal over several lines; `indent` stands in front of its last line. The value is bounded in depth. */
export function codeLiteral(value: unknown, style: LiteralStyle, indent: string): string {
  if (typeof value === 'string') return style.text(value);
  if (typeof value === 'boolean') return value ? style.yes : style.no;
  if (typeof value === 'number' && Number.isFinite(value))
    return Object.is(value, -0) ? '-0.0' : String(value);
  if (typeof value !== 'object' || value === null) return style.nothing;
  const inner = indent + style.indent;
  if (Array.isArray(value)) {
    const items = value.map((one) => codeLiteral(one, style, inner));
    const line = `[${items.join(', ')}]`;
    const flat = value.every((one) => typeof one !== 'object' || one === null);
    return flat && line.length <= LONGEST_LIST_LINE ? line : block('[', items, ']', inner, indent);
  }
  const members = Object.entries(value).map(
    ([name, one]) => `${style.name(name)}: ${codeLiteral(one, style, inner)}`,
  );
  return members.length === 0 ? '{}' : block('{', members, '}', inner, indent);
}

function block(open: string, items: readonly string[], close: string, inner: string, indent: string): string {
  return [open, ...items.map((item) => `${inner}${item},`), `${indent}${close}`].join('\n');
}
