import type { Ground } from '../ground.ts';
import type { SimNode } from '../node.ts';
import type { Reception } from '../world/receive-dial.ts';
import type { DialBody } from '../world/world.ts';
import type { Book, Request } from './book.ts';
import { judgeRequest } from './judge-request.ts';

interface AttemptRow {
  readonly id: string;
  readonly call_id: string;
  readonly number: number;
  readonly state: string;
  readonly live: boolean;
  readonly to_hash: string;
}

/** Writes a request down as it leaves, and judges it by the world and by what the database has committed at that moment. */
export function createJudgeSent(
  ground: Ground,
  node: SimNode,
): (body: DialBody, reception: Reception) => { got: () => void } {
  const { book, sim, trace, world } = ground;
  return (body, { phone, means, answer, afterMs }) => {
    const attemptId = body.attemptId ?? 'none';
    const callId = book.attempts.get(attemptId)?.callId ?? 'none';
    const intent = book.calls.get(callId)?.intent ?? -1;
    const request: Request = {
      ...{ attemptId, callId, intent, to: body.to, atMs: sim.nowMs, phone, means },
      gotMs: undefined,
    };
    book.requests.push(request);
    const said = answer.kind === 'reply' ? answer.status : answer.how;
    const rings = phone ? `, rings: ${phone.conversationId} ${phone.fate}` : ', no phone rings';
    trace.add(
      node.name,
      `DIAL ${attemptId} of intent ${intent}: ${said} (${means}) in ${afterMs} ms${rings}`,
    );
    judgeRequest(book, world, request);
    void ground.database
      .rows<AttemptRow>(
        'select id, call_id, number, state, live, to_hash from attempts where live or call_id = $1',
        [callId],
      )
      .then((rows) => judgeRows(book, request, rows));
    return {
      got() {
        request.gotMs = sim.nowMs;
      },
    };
  };
}

function judgeRows(book: Book, request: Request, rows: readonly AttemptRow[]): void {
  const own = rows.find(({ id }) => id === request.attemptId);
  if (!own) {
    book.violate(`${request.attemptId} was dialled, and the database does not have it`);
    return;
  }
  if (own.state === 'scheduled' || own.state === 'ended')
    book.violate(`${request.attemptId} was dialled while the database says ${own.state}`);
  const open = rows.find(
    (row) => row.call_id === request.callId && row.id !== own.id && row.state !== 'ended',
  );
  if (open)
    book.violate(
      `${request.attemptId} was dialled while attempt ${open.number} of its call is ${open.state}`,
    );
  const live = rows.filter(({ live }) => live);
  if (live.some((row) => row.id !== own.id && row.to_hash === own.to_hash))
    book.violate(`${request.attemptId} was dialled while the database has another live call to its number`);
  if (live.length > book.scenario.settings.concurrency)
    book.violate(
      `${live.length} attempts are live in the database, and ${book.scenario.settings.concurrency} are allowed`,
    );
}
