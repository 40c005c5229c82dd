import type {
  CallStore,
  ClaimDecision,
  ClaimRequest,
  ClaimResult,
  LinePace,
  StoredCall,
} from '../calls/call-store.ts';
import { claimCandidates } from './claim-candidates.ts';
import { claimRoomOf, readRoom } from './claim-room.ts';
import { jsonText } from './json-text.ts';
import type { Queries, Session, Statement } from './session.ts';
import { writeLife } from './write-life.ts';
import { isoOf } from './write-row.ts';

const makeControl: Statement = { text: 'insert into control (id) values (1) on conflict do nothing' };

const keepPaces: Statement = {
  name: 'keep-paces',
  text: `
insert into line_paces (line_id, next_at, slowed_at)
select id, next, slowed from jsonb_to_recordset($1::jsonb) as x(id text, next timestamptz, slowed timestamptz) order by id
on conflict (line_id) do update set next_at = excluded.next_at, slowed_at = excluded.slowed_at`,
};

const leaveToHook: Statement = {
  name: 'leave-to-hook',
  text: `
update attempts set due_at = x.until, version = version + 1
from jsonb_to_recordset($1::jsonb) as x(id text, until timestamptz) where attempts.id = x.id`,
};

const nothing = { dialing: [], askHook: [], changed: 0, nextDueMs: undefined };

/** One transaction, under the lock that all claims share: what it read cannot be changed by another claim before it has committed. */
export function createClaim(session: Session): CallStore['claim'] {
  return async function claim(request, policy) {
    const claimed = await session.transaction(readRoom, async (rows: object[][], queries) => {
      const room = claimRoomOf(rows);
      if (!room) return undefined;
      const limits = policy.room(room);
      if (!limits) return { ...nothing, room };
      const { nextDueMs, ...facts } = await claimCandidates(queries, request, limits);
      if (facts.candidates.length === 0) return { ...nothing, room, nextDueMs };
      const { decisions, lines } = policy.decide({ nowMs: request.nowMs, ...room, ...facts });
      const result = await carryOut(queries, request, decisions);
      if (lines.length > 0) await queries.query(keepPaces, [jsonText(lines.map(paceRowOf))]);
      return { ...result, room, nextDueMs: earliest(nextDueMs, decisions) };
    });
    if (claimed) return claimed;
    await session.query(makeControl);
    return claim(request, policy);
  };
}

async function carryOut(
  queries: Queries,
  { owner, nowMs, leaseMs }: ClaimRequest,
  decisions: readonly ClaimDecision[],
): Promise<Pick<ClaimResult, 'dialing' | 'askHook' | 'changed'>> {
  const steps = decisions.flatMap((decision) => ('step' in decision ? [decision] : []));
  const asks = decisions.flatMap((decision) => ('step' in decision ? [] : [decision]));
  const writes = steps.map(({ call, step }) => ({ ticket: call.ticket, step, plan: call.plan, atMs: nowMs }));
  if (writes.length > 0) {
    const written = await writeLife(queries, writes, { owner, leaseUntilMs: nowMs + leaseMs });
    if (written.size < writes.length)
      throw new Error('An attempt that was locked for the claim changed under it.');
  }
  if (asks.length > 0) {
    const rows = asks.map(({ call, askHookUntilMs }) => ({
      id: call.ticket.attemptId,
      until: isoOf(askHookUntilMs),
    }));
    await queries.query(leaveToHook, [jsonText(rows)]);
  }
  const dialing = steps.flatMap(({ call, step, sendAtMs }) => {
    if (step.attempt.state !== 'dialing') return [];
    const ticket = { ...call.ticket, fence: call.ticket.fence + 1, version: call.ticket.version + 1, owner };
    return [{ call: { ...call, life: step.life, ticket, watchedMs: 0 }, sendAtMs: sendAtMs ?? nowMs }];
  });
  return {
    dialing,
    askHook: asks.map(({ call, askHookUntilMs }) => heldUntil(call, askHookUntilMs)),
    changed: steps.length - dialing.length,
  };
}

function heldUntil(call: StoredCall, untilMs: number): StoredCall {
  const { attempt } = call.life;
  return {
    ...call,
    life:
      attempt.state === 'scheduled' ? { ...call.life, attempt: { ...attempt, dueMs: untilMs } } : call.life,
    ticket: { ...call.ticket, version: call.ticket.version + 1 },
  };
}

/** Of what is due already and was not decided, time is not what it waits for. */
function earliest(nextDueMs: number | undefined, decisions: readonly ClaimDecision[]): number | undefined {
  const dues = decisions.flatMap((decision) => {
    if (!('step' in decision)) return [decision.askHookUntilMs];
    const { attempt } = decision.step.life;
    return attempt.state === 'scheduled' ? [attempt.dueMs] : [];
  });
  const known = nextDueMs === undefined ? dues : [...dues, nextDueMs];
  return known.length === 0 ? undefined : Math.min(...known);
}

function paceRowOf({ lineId, nextMs, slowedMs }: LinePace) {
  return { id: lineId, next: isoOf(nextMs), slowed: slowedMs === undefined ? undefined : isoOf(slowedMs) };
}
