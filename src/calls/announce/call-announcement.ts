import { maskNumber } from '../../kernel/mask.ts';
import type { CallRecord } from '../call-records.ts';
import type { CallEventName } from '../life.ts';
import type { Outcome } from '../outcome.ts';

/**
 * What an event of a call says to users' own servers: ids, how the call stands, how it ended. It names nobody: the number is masked, and
 * variables, transcript and evidence stay here, to be read with a key.
 */
export interface CallAnnouncement {
  readonly type: CallEventName;
  /** When it happened, ISO 8601. */
  readonly timestamp: string;
  readonly data: {
    readonly callId: string;
    readonly attemptId: string;
    readonly attemptNumber: number | null;
    /** How the call stands when this is written, which may be a moment after the event. */
    readonly status: string;
    /** `null` once the person was forgotten. */
    readonly to: string | null;
    readonly agentId: string;
    readonly lineId: string;
    readonly conversationId: string | null;
    readonly callSid: string | null;
    readonly sipCallId: string | null;
    /** Of the attempt, or of the whole call with `call.ended`. */
    readonly outcome: AnnouncedOutcome | null;
    readonly metadata: Readonly<Record<string, string>>;
    readonly createdAt: string;
    readonly endedAt: string | null;
  };
}

type AnnouncedOutcome = Pick<Outcome, 'kind' | 'owner' | 'retryable' | 'connected' | 'human' | 'sentence'> & {
  readonly fix: string | null;
};

export function callAnnouncement(
  record: CallRecord,
  event: { readonly name: CallEventName; readonly attemptId: string; readonly atMs: number },
): CallAnnouncement {
  const { life, plan } = record;
  const attempt = record.attempts.find((one) => one.attempt.id === event.attemptId)?.attempt;
  const ended = attempt?.state === 'ended' ? attempt.outcome : undefined;
  const outcome = event.name === 'call.ended' ? life.result : ended;
  const erased = record.forgottenMs !== undefined || plan.to === '';
  return {
    type: event.name,
    timestamp: iso(event.atMs),
    data: {
      callId: life.callId,
      attemptId: event.attemptId,
      attemptNumber: attempt?.number ?? null,
      status: record.status,
      to: erased ? null : maskNumber(plan.to),
      agentId: plan.agentId,
      lineId: plan.line.id,
      conversationId: attempt?.ids.conversationId ?? null,
      callSid: attempt?.ids.callSid ?? null,
      sipCallId: attempt?.ids.sipCallId ?? null,
      outcome: outcome ? announced(outcome, plan.to) : null,
      metadata: plan.metadata,
      createdAt: iso(record.createdMs),
      endedAt: record.endedMs === undefined ? null : iso(record.endedMs),
    },
  };
}

/** The gate's sentences name the number. */
function announced({ evidence: _, contradicts: __, ...outcome }: Outcome, to: string): AnnouncedOutcome {
  const masked = (text: string) => (to === '' ? text : text.replaceAll(to, maskNumber(to)));
  return {
    ...outcome,
    sentence: masked(outcome.sentence),
    fix: outcome.fix === undefined ? null : masked(outcome.fix),
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
