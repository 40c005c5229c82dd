import type { Call, CallSummary } from '../../api/call.ts';
import type { CallRecord } from '../../calls/index.ts';
import { attemptView } from './attempt-view.ts';
import { momentText } from './moment-text.ts';
import { outcomeView } from './outcome-view.ts';

/** A call as a list shows it. */
export function callSummaryView(record: CallRecord): CallSummary {
  const { life, plan } = record;
  const { attempt } = life;
  const forgotten = record.forgottenMs !== undefined;
  return {
    id: life.callId,
    status: record.status,
    outcome: outcomeView(life.result),
    to: forgotten ? null : plan.to,
    agentId: plan.agentId,
    line: { id: plan.line.id, number: plan.line.number, provider: plan.line.provider },
    attemptId: attempt.id,
    attemptNumber: attempt.number,
    conversationId: attempt.ids.conversationId ?? null,
    callSid: attempt.ids.callSid ?? null,
    sipCallId: attempt.ids.sipCallId ?? null,
    dueAt: attempt.state === 'scheduled' ? momentText(attempt.dueMs) : null,
    heldBy: attempt.state === 'scheduled' ? (attempt.heldBy ?? null) : null,
    metadata: { ...plan.metadata },
    origin: plan.origin,
    keyId: plan.keyId,
    cancelledBy: life.cancelledBy ?? null,
    createdAt: momentText(record.createdMs),
    updatedAt: momentText(record.updatedMs),
    endedAt: momentText(record.endedMs),
    forgottenAt: momentText(record.forgottenMs),
  };
}

/** A call with all that is kept of it. */
export function callView(record: CallRecord): Call {
  const { life, plan } = record;
  return {
    ...callSummaryView(record),
    clientData: record.forgottenMs === undefined ? { ...plan.clientData } : {},
    ringTimeoutSecs: plan.telephony?.ringing_timeout_secs ?? null,
    machineDetection: plan.telephony?.twilio_machine_detection != null,
    record: plan.record,
    personWaiting: plan.personWaiting,
    redialAfterUnknown: life.redialAfterUnknown,
    deadline: momentText(life.deadlineMs),
    zones: [...plan.zones],
    window: windowView(plan.window),
    retry: Object.fromEntries(
      Object.entries(life.retry).map(([outcome, rule]) => [
        outcome,
        { delaysMinutes: [...rule.delaysMinutes], maxAttempts: rule.maxAttempts },
      ]),
    ),
    bypass: { ...plan.bypass },
    attempts: record.attempts.map(attemptView),
  };
}

function windowView(window: CallRecord['plan']['window']): Call['window'] {
  if (!window) return null;
  const { days, from, to, zone, notBeforeMs, notAfterMs } = window;
  return {
    days,
    from,
    to,
    zone: zone ?? null,
    notBefore: momentText(notBeforeMs),
    notAfter: momentText(notAfterMs),
  };
}
