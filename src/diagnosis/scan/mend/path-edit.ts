import type { Edit } from './edit.ts';
import type { PathToken, WrittenRequest } from './written-request.ts';

/** What must be changed for the path to be another: nothing, one piece, or `undefined` where it cannot be done in its text. */
export function pathEdit(written: WrittenRequest, path: string, source: string): readonly Edit[] | undefined {
  const { path: old, ahead } = written;
  if (!path.startsWith(ahead)) return undefined;
  const wanted = tokensIn(path.slice(ahead.length));
  const most = Math.min(old.length, wanted.length);
  let front = 0;
  while (front < most && old[front]?.text === wanted[front]) front += 1;
  let back = 0;
  while (back < most - front && old[old.length - 1 - back]?.text === wanted[wanted.length - 1 - back])
    back += 1;
  const gone = old.slice(front, old.length - back);
  const added = wanted.slice(front, wanted.length - back);
  if (gone.length === 0 && added.length === 0) return [];
  const place = placeOf(gone, old[front - 1], old[front], source);
  const text = textOf(added, gone, written);
  return place && text !== undefined ? [{ ...place, text }] : undefined;
}

/** A name is one token, also where it was percent-encoded on its way into the path. */
function tokensIn(path: string): readonly string[] {
  return path.replace(/%3C([\w-]+)%3E/gi, '<$1>').match(/<[\w-]+>|[\s\S]/g) ?? [];
}

/** The piece of source that holds just these tokens: one text, or texts joined by `+`. */
function placeOf(
  gone: readonly PathToken[],
  before: PathToken | undefined,
  behind: PathToken | undefined,
  source: string,
): { from: number; to: number } | undefined {
  const first = gone[0];
  const last = gone.at(-1);
  if (!first || !last) {
    const at = before?.hole === undefined ? before?.span?.to : undefined;
    const from = at ?? (behind?.hole === undefined ? behind?.span?.from : undefined);
    return from === undefined ? undefined : { from, to: from };
  }
  if (first.hole === 'apart' || last.hole === 'apart') return undefined;
  for (const [index, token] of gone.entries()) {
    const next = gone[index + 1];
    if (!token.span) return undefined;
    if (!next) continue;
    if (!next.span || next.span.from < token.span.to) return undefined;
    if (!/^(?:['"`]?\s*\+\s*['"`]?)?$/.test(source.slice(token.span.to, next.span.from))) return undefined;
  }
  return first.span && last.span ? { from: first.span.from, to: last.span.to } : undefined;
}

/** An expression can be put in where one was before; then the text around it is one that takes expressions. */
function textOf(
  added: readonly string[],
  gone: readonly PathToken[],
  written: WrittenRequest,
): string | undefined {
  const sample = gone.find((token) => typeof token.hole === 'object')?.hole;
  let text = '';
  for (const token of added) {
    if (token.length === 1) {
      if (!/[\w./~@:-]/.test(token)) return undefined;
      text += token;
      continue;
    }
    const expression = written.expressionOf(token.slice(1, -1));
    if (expression === undefined || typeof sample !== 'object') return undefined;
    text += sample.before + expression + sample.after;
  }
  return text;
}
