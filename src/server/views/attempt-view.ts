import type { Call } from '../../api/call.ts';
import type { RecordedAttempt } from '../../calls/index.ts';
import { momentText } from './moment-text.ts';
import { outcomeView } from './outcome-view.ts';

/** One attempt of a call, as replies show it. */
export function attemptView(recorded: RecordedAttempt): Call['attempts'][number] {
  const { attempt } = recorded;
  return {
    id: attempt.id,
    number: attempt.number,
    state: attempt.state,
    tries: attempt.tries,
    dueAt: attempt.state === 'scheduled' ? momentText(attempt.dueMs) : null,
    heldBy: attempt.state === 'scheduled' ? (attempt.heldBy ?? null) : null,
    committedAt: momentText(recorded.committedMs),
    endedAt: momentText(recorded.endedMs),
    conversationId: attempt.ids.conversationId ?? null,
    callSid: attempt.ids.callSid ?? null,
    sipCallId: attempt.ids.sipCallId ?? null,
    why: attempt.state === 'unknown' ? attempt.why : null,
    outcome: attempt.state === 'ended' ? outcomeView(attempt.outcome) : null,
    seconds: recorded.seconds ?? null,
    cents: recorded.cents ?? null,
  };
}
