import type { FoundCall } from '../found-call.ts';
import type { SourceObject, SourceValue, TextPart } from '../source-value.ts';
import { type UnknownNames, unknownValue } from '../unknown-value.ts';
import type { PathToken, WrittenRequest } from './written-request.ts';

/** The parts of a call in their places. `ahead`: what was put in front of the path because the base URL is not known. */
export function writtenCall(
  call: FoundCall,
  text: string,
  names: UnknownNames,
  ahead: string,
): WrittenRequest {
  const objects: { body?: SourceObject; query?: SourceObject; header?: SourceObject } = {};
  const body = objectIn(call.body?.value);
  const query = objectIn(call.query);
  const header = objectIn(call.headers);
  if (body) objects.body = body;
  if (query) objects.query = query;
  if (header) objects.header = header;
  return {
    style: call.language === 'python' ? 'python' : 'javascript',
    span: call.span,
    method: call.method.span,
    path: pathTokens(call.url.parts, text, names),
    ahead,
    objects,
    shared: call.shared,
    expressionOf: names.expressionOf,
  };
}

function objectIn(value: SourceValue | undefined): SourceObject | undefined {
  if (value?.kind === 'encoded') return objectIn(value.value);
  return value?.kind === 'object' ? value : undefined;
}

/** From behind the host, or behind the expression that gives the base URL, to the query. */
function pathTokens(parts: readonly TextPart[], text: string, names: UnknownNames): PathToken[] {
  const tokens = parts.flatMap((part) => tokensOf(part, text, names));
  const written = tokens.map((token) => (token.text.length === 1 ? token.text : '\u0000')).join('');
  const origin = /^https?:\/\/[^/?#]*/i.exec(written)?.[0].length ?? 0;
  const start = origin === 0 && tokens[0]?.hole !== undefined ? 1 : origin;
  const end = written.slice(start).search(/[?#]/);
  return tokens.slice(start, end < 0 ? undefined : start + end);
}

function tokensOf(part: TextPart, text: string, names: UnknownNames): PathToken[] {
  if (part.kind === 'literal') {
    const { span } = part;
    return Array.from({ length: part.text.length }, (_, index) => ({
      text: part.text[index] ?? '',
      span: span && { from: span.from + index, to: span.from + index + 1 },
      hole: undefined,
    }));
  }
  const name = unknownValue(names.nameOf(part.expression));
  if (!part.outer) return [{ text: name, span: part.inner, hole: 'apart' }];
  const before = text.slice(part.outer.from, part.inner.from);
  const after = text.slice(part.inner.to, part.outer.to);
  return [{ text: name, span: part.outer, hole: { before, after } }];
}
