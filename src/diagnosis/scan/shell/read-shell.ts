import { AppError } from '../../../kernel/errors.ts';
import { readCurl } from '../../exchange/read-curl.ts';
import type { FoundCommand, Reading, UnreadCall } from '../found-call.ts';
import { findCurls, spanOfCurl } from './find-curls.ts';
import { shellConstants, withConstants } from './shell-constants.ts';

/** The curl commands of a shell script, or of a block of documentation that begins at an offset of its file. */
export function readShell(text: string, offset: number): Reading {
  const constants = shellConstants(text);
  const calls: FoundCommand[] = [];
  const unread: UnreadCall[] = [];
  for (const found of findCurls(text)) {
    const { from, to } = spanOfCurl(found, text);
    const span = { from: offset + from, to: offset + to };
    const command = withConstants(text.slice(from, to), constants);
    const host = /https?:\/\/([\w.:-]+)/i.exec(command)?.[1]?.toLowerCase();
    try {
      calls.push({ language: 'shell', via: 'curl', span, request: readCurl(command).request });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      unread.push({ via: 'curl', span, why: error.message, host });
    }
  }
  return { calls, unread };
}
