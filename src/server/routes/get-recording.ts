import type { CallRecord } from '../../calls/index.ts';
import type { ServerDeps } from '../deps.ts';
import type { Handler } from '../exchange.ts';
import { Refused } from '../refused.ts';
import { findCall } from './find-call.ts';

/** `GET /v1/calls/{id}/recording`: as it was delivered, else as the provider still has it. */
export function getRecording(
  deps: Pick<ServerDeps, 'records' | 'recordings' | 'fetchRecording'>,
): Handler<'getRecording'> {
  return async ({ params, request, signal }) => {
    const record = await findCall(deps.records, params.id);
    const conversationId = conversationOf(record, params.id);
    const mp3 =
      conversationId === undefined || record.forgottenMs !== undefined
        ? undefined
        : ((await deps.recordings.get(conversationId)) ??
          (await deps.fetchRecording(conversationId, signal)));
    if (!mp3) {
      throw new Refused('not-found', 'There is no recording of this call.', {
        hint: 'It is there after the call has ended and been processed, where the agent keeps audio and nobody was forgotten.',
      });
    }
    return partOf(mp3, request.headers.get('range'));
  };
}

/** The conversation that the id names, or the latest of the call. */
function conversationOf(record: CallRecord, id: string): string | undefined {
  const attempts = record.attempts.map(({ attempt }) => attempt).filter(({ ids }) => ids.conversationId);
  const named = attempts.find(
    ({ id: attemptId, ids }) =>
      attemptId === id || ids.conversationId === id || ids.callSid === id || ids.sipCallId === id,
  );
  return (named ?? attempts.sort((a, b) => b.number - a.number)[0])?.ids.conversationId;
}

/** The whole, or the one range that was asked for (RFC 9110, section 14). Several ranges get the whole. */
function partOf(mp3: Uint8Array, range: string | null): Response {
  const headers = { 'Content-Type': 'audio/mpeg', 'Accept-Ranges': 'bytes' };
  const asked = /^bytes=(\d*)-(\d*)$/.exec(range ?? '');
  if (!asked || (asked[1] === '' && asked[2] === '')) return send(mp3, 200, headers);
  const [, first = '', last = ''] = asked;
  const from = first === '' ? Math.max(0, mp3.length - Number(last)) : Number(first);
  const to = first === '' || last === '' ? mp3.length - 1 : Math.min(Number(last), mp3.length - 1);
  if (from > to || from >= mp3.length) {
    throw new Refused('wrong-range', `The recording has ${mp3.length} bytes.`, {
      headers: { 'Content-Range': `bytes */${mp3.length}` },
    });
  }
  return send(mp3.subarray(from, to + 1), 206, {
    ...headers,
    'Content-Range': `bytes ${from}-${to}/${mp3.length}`,
  });
}

function send(bytes: Uint8Array, status: number, headers: Readonly<Record<string, string>>): Response {
  return new Response(new Uint8Array(bytes), {
    status,
    headers: { ...headers, 'Content-Length': String(bytes.length) },
  });
}
