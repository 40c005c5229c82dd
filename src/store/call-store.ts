import type { CallStore, LifeWrite } from '../calls/call-store.ts';
import { createClaim } from './claim.ts';
import { createHoldAttempts } from './hold-attempts.ts';
import { joinStatements } from './join-statements.ts';
import { type StoredRow, storedCallOf, storedColumns } from './life-rows.ts';
import type { Session, Statement } from './session.ts';
import { slowDown } from './slow-down.ts';
import { createSubmitCall } from './submit-call.ts';
import { writeLife } from './write-life.ts';

const loadAttempt: Statement = {
  name: 'load-attempt',
  text: `select ${storedColumns} from attempts a join calls c on c.id = a.call_id and c.latest_attempt = a.id where a.id = $1`,
};

const loadLatest: Statement = {
  name: 'load-call',
  text: `select ${storedColumns} from calls c join attempts a on a.id = c.latest_attempt where c.id = $1`,
};

/** What is surer comes first. */
const attemptByIds: Statement = {
  name: 'find-attempt',
  text: `
select id from attempts where id = $1
union all select id from attempts where conversation_id = $2
union all select id from attempts where call_sid = $3
union all select id from attempts where sip_call_id = $4
limit 1`,
};

/** The life of calls in PostgreSQL: the attempts are the queue, and every write names the fence and version that it read. */
export function createCallStore(session: Session): CallStore {
  const load = async (statement: Statement, id: string) => {
    const [row] = await session.query<StoredRow>(statement, [id]);
    return row && storedCallOf(row);
  };
  return {
    submit: createSubmitCall(session),
    claim: createClaim(session),
    ...createHoldAttempts(session),
    load: (attemptId) => load(loadAttempt, attemptId),
    loadCall: (callId) => load(loadLatest, callId),
    async findAttempt({ attemptId, conversationId, callSid, sipCallId }) {
      const values = [attemptId ?? null, conversationId ?? null, callSid ?? null, sipCallId ?? null];
      const [row] = await session.query<{ id: string }>(attemptByIds, values);
      return row?.id;
    },
    write: joinStatements(async (writes: readonly LifeWrite[]) => {
      const written = new Set<LifeWrite>();
      for (const batch of batchesOf(writes)) {
        const ids = await writeLife(session, batch);
        for (const write of batch) if (ids.has(write.ticket.attemptId)) written.add(write);
      }
      await slowDown(session, [...written]);
      return writes.map((write) => written.has(write));
    }),
  };
}

/** In their order, with no call twice in one batch: nearly always one batch. */
function batchesOf(writes: readonly LifeWrite[]): LifeWrite[][] {
  const batches: LifeWrite[][] = [];
  const made = new Map<string, number>();
  for (const write of writes) {
    const { callId } = write.step.life;
    const index = made.get(callId) ?? 0;
    made.set(callId, index + 1);
    const batch = batches[index];
    if (batch) batch.push(write);
    else batches.push([write]);
  }
  return batches;
}
