import type { Call } from '../api/call.ts';
import { fingerprint } from '../calls/fingerprint.ts';
import type { AttemptRecord } from '../calls/index.ts';
import type { AttemptSource } from '../calls/ledger/index.ts';
import type { ServiceApi } from '../cli/service/service-api.ts';
import { clientData as clientDataSchema } from '../wire/elevenlabs/client-data.ts';

/** A call is kept for at most a week before its first dial, and retried within it. */
const EARLIER_MS = 8 * 24 * 3600_000;
const PAGE = 200;
const PARALLEL = 8;

/** The attempts that a Donna server knows, as its API tells them. Calls of people who were forgotten have no number, and are left out. */
export function createServedAttempts(api: Pick<ServiceApi, 'listCalls' | 'getCall'>): AttemptSource {
  return {
    async attempts(since) {
      const createdAfter = new Date(since.getTime() - EARLIER_MS).toISOString();
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await api.listCalls({ createdAfter, limit: PAGE, ...(cursor ? { cursor } : {}) });
        ids.push(...page.items.filter(({ to }) => to !== null).map(({ id }) => id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      const records: AttemptRecord[] = [];
      const left = ids.values();
      await Promise.all(
        Array.from({ length: PARALLEL }, async () => {
          for (const id of left) records.push(...recordsOf(await api.getCall(id)));
        }),
      );
      return records
        .filter(({ dialing }) => Date.parse(dialing.at) >= since.getTime())
        .toSorted((a, b) => (a.dialing.at < b.dialing.at ? -1 : 1));
    },
  };
}

function recordsOf(call: Call): AttemptRecord[] {
  const { to } = call;
  if (to === null) return [];
  const given = clientDataSchema.safeParse(call.clientData).data;
  const print = fingerprint({
    lineId: call.line.id,
    to,
    agentId: call.agentId,
    variables: given?.dynamic_variables ?? {},
  });
  return call.attempts.flatMap((attempt): AttemptRecord[] => {
    const { id, state, committedAt, outcome } = attempt;
    if (!committedAt || state === 'scheduled') return [];
    const ids = {
      ...(attempt.conversationId ? { conversationId: attempt.conversationId } : {}),
      ...(attempt.callSid ? { callSid: attempt.callSid } : {}),
      ...(attempt.sipCallId ? { sipCallId: attempt.sipCallId } : {}),
    };
    const placed = Object.keys(ids).length > 0;
    return [
      {
        attempt: id,
        state: state === 'ended' && !placed ? 'not-placed' : state,
        ids,
        note: outcome?.kind ?? attempt.why ?? undefined,
        dialing: {
          kind: 'dialing',
          attempt: id,
          at: committedAt,
          to,
          lineId: call.line.id,
          lineNumber: call.line.number,
          agentId: call.agentId,
          fingerprint: print,
          userId: given?.user_id ?? id,
          // Each further attempt follows the retry table, the policy or a person.
          again: attempt.number > 1,
        },
      },
    ];
  });
}
