import type { SourceText, SourceValue, Span, TextPart } from './source-value.ts';

/** A path behind a base URL, with one slash between them; a URL that is whole stays as it is. */
export function joinUrl(base: SourceValue | undefined, url: SourceValue, span: Span): SourceText | undefined {
  if (url.kind !== 'text') return undefined;
  if (base === undefined || isAbsolute(url)) return url;
  const front: readonly TextPart[] =
    base.kind === 'text'
      ? base.parts
      : base.kind === 'unknown'
        ? [{ kind: 'expression', inner: base.span, outer: undefined, expression: base.expression }]
        : [];
  if (front.length === 0) return url;
  const parts = [...front];
  const last = parts.at(-1);
  const [first] = url.parts;
  const ends = last?.kind === 'literal' && last.text.endsWith('/');
  const begins = first?.kind === 'literal' && first.text.startsWith('/');
  if (ends && begins && last.kind === 'literal') parts[parts.length - 1] = withoutSlash(last);
  if (!ends && !begins && url.parts.length > 0) parts.push({ kind: 'literal', text: '/', span: undefined });
  return { kind: 'text', parts: [...parts, ...url.parts], span };
}

/** A scheme is written at its start. */
export function isAbsolute(url: SourceText): boolean {
  const [first] = url.parts;
  return first?.kind === 'literal' && /^[a-z][a-z0-9+.-]*:\/\//i.test(first.text);
}

function withoutSlash(part: TextPart & { kind: 'literal' }): TextPart {
  const { span } = part;
  return {
    kind: 'literal',
    text: part.text.slice(0, -1),
    span: span && { from: span.from, to: span.to - 1 },
  };
}
