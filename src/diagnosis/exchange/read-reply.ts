import { readJson } from './body-of.ts';
import type { ReceivedReply } from './exchange.ts';
import { type HeaderPair, readHeaderLines } from './header-lines.ts';

/**
 * Makes a reply of what is known of it. The text is the body, or a whole response with status line and headers, as `curl -i` prints
 * it (the last one, where it went over redirects). A status that is given wins over that of the text.
 */
export function readReply(status: number | undefined, text: string | undefined): ReceivedReply {
  if (text === undefined) return { status };
  let rest = text.replace(/^\ufeff/, '');
  let head: { readonly status: number; readonly headers: readonly HeaderPair[] } | undefined;
  for (;;) {
    const line = /^HTTP\/\d(?:\.\d)? (\d{3})\b[^\r\n]*(?:\r?\n|$)/.exec(rest);
    if (!line) break;
    const { headers, end } = readHeaderLines(rest, line[0].length);
    head = { status: Number(line[1]), headers };
    rest = rest.slice(end);
  }
  return {
    status: status ?? head?.status,
    ...(head && { headers: head.headers }),
    body: replyBody(rest),
  };
}

/** Parsed where it is JSON, else the text. */
export function replyBody(text: string): unknown {
  const read = text.trim() === '' ? undefined : readJson(text);
  return read?.kind === 'json' ? read.value : text;
}
