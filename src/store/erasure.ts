import type { Erasure } from '../calls/service-ports.ts';
import type { Session, Statement } from './session.ts';
import { isoOf } from './write-row.ts';

interface ErasableRow {
  readonly id: string;
  readonly ended: boolean;
  readonly conversations: readonly string[];
  readonly sids: readonly string[];
}

const erasable = `c.id, c.ended_at is not null as ended,
  array(select conversation_id from attempts where call_id = c.id and conversation_id is not null order by number) as conversations,
  array(select call_sid from attempts where call_id = c.id and call_sid is not null order by number) as sids`;

const callsTo: Statement = {
  text: `select ${erasable} from calls c where c.to_hash = $1 order by c.created_at, c.id`,
};

const endedBefore: Statement = {
  text: `select ${erasable} from calls c where c.forgotten_at is null and c.ended_at < $1 order by c.ended_at limit $2`,
};

/** What a sentence says may name the number, and evidence may quote what was said. */
const erasedResult = `(result || '{"sentence": "Erased.", "evidence": []}') - '{fix,contradicts}'::text[]`;

/**
 * What is still to be sent says no more than what happened, with the same id; of what was sent, nothing is needed. The body is a text, so
 * that every try sends the same bytes.
 */
const erasedBody = `to_jsonb(jsonb_set(jsonb_set(jsonb_set(jsonb_set((payload ->> 'body')::jsonb,
  '{data,metadata}', '{}', false), '{data,to}', 'null', false),
  '{data,outcome,sentence}', '"Erased."', false), '{data,outcome,fix}', 'null', false)::text)`;

/**
 * Of an attempt or an entry only what its state machine and its cost need remains. The ids by which provider and carrier know the call stay:
 * they name nobody, and what could not be reached there is asked for again by them. A step that was worked out before is void: it carries
 * the number.
 */
const wipeCalls: Statement = {
  text: `
with c as (
  update calls set to_number = null, to_hash = '', metadata = '{}', plan = plan || '{"clientData": {}, "bypass": {}, "zones": []}',
    result = ${erasedResult}, forgotten_at = $2, updated_at = $2
  where id = any ($1::text[]) and ended_at is not null
  returning id
), a as (
  update attempts set to_hash = '', why = null, result = ${erasedResult}, version = version + 1 from c where call_id = c.id
  returning attempts.id, conversation_id
), t as (
  update timeline set data = data - '{sentence,fix,why,note,bypassed,explanation}'::text[] from c where call_id = c.id
), i as (
  delete from inbox using a where inbox.conversation_id = a.conversation_id
), j as (
  delete from inbox using a where inbox.attempt_id = a.id
), r as (
  delete from recordings using a where recordings.conversation_id = a.conversation_id
), k as (
  delete from idempotency_keys using c where call_id = c.id
), d as (
  update jobs set payload = case when done_at is null and failed_at is null
    then jsonb_set(payload, '{body}', ${erasedBody}) else payload - 'body' end
  from c where jobs.call_id = c.id and payload ? 'body'
)
select 1`,
};

const sweepUp: Statement = {
  text: `
with i as (
  delete from inbox where received_at < $1
    and not exists (select from attempts a where a.id = inbox.attempt_id)
    and not exists (select from attempts a where a.conversation_id = inbox.conversation_id)
  returning 1
), r as (
  delete from recordings where received_at < $1
    and not exists (select from attempts a where a.conversation_id = recordings.conversation_id)
  returning 1
), j as (
  delete from jobs where coalesce(done_at, failed_at) < $1 returning 1
), k as (
  delete from idempotency_keys where expires_at < $1 returning 1
)
select ((select count(*) from i) + (select count(*) from r) + (select count(*) from j) + (select count(*) from k))::integer as removed`,
};

export function createErasure(session: Session): Erasure {
  const find = async (statement: Statement, values: readonly unknown[]) =>
    (await session.query<ErasableRow>(statement, values)).map(({ id, ended, conversations, sids }) => ({
      callId: id,
      ended,
      conversationIds: [...conversations],
      callSids: [...sids],
    }));
  return {
    callsTo: (toHash) => find(callsTo, [toHash]),
    async endedBefore(atMs, limit) {
      const found = await find(endedBefore, [isoOf(atMs), limit]);
      return found.map(({ ended: _ended, ...call }) => call);
    },
    async wipe(callIds, atMs) {
      if (callIds.length > 0) await session.query(wipeCalls, [callIds, isoOf(atMs)]);
    },
    async sweep(atMs) {
      const [row] = await session.query<{ removed: number }>(sweepUp, [isoOf(atMs)]);
      return { removed: row?.removed ?? 0 };
    },
  };
}
