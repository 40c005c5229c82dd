import type { Conversation } from '../wire/elevenlabs/conversation.ts';
import type { TwilioCall } from '../wire/twilio/call.ts';
import { type FailureCause, failureCause } from './failure-cause.ts';
import { isFinalCarrierStatus } from './final-status.ts';

/** What the records say of a call, taken apart. */
export interface CallFacts {
  readonly carrier: string | undefined;
  /** What Twilio's machine detection heard, where it was asked for. */
  readonly answeredBy: string | undefined;
  readonly cause: FailureCause | undefined;
  readonly result: string | undefined;
  readonly usedVoicemailTool: boolean;
  readonly durationSecs: number;
  readonly calleeTurns: readonly string[];
  readonly agentSpoke: boolean;
  /** Seconds until the agent's first words; `undefined` when it had none, or their time is not told. */
  readonly agentFirstSecs: number | undefined;
  readonly reason: string;
  readonly status: string | undefined;
  readonly goal: string | undefined;
  /** Provider or carrier has closed the call. */
  readonly over: boolean;
  /** The carrier, or the provider, says that it is or was connected. */
  readonly pickedUp: boolean;
  readonly evidence: readonly string[];
}

/** Takes the records of provider and carrier apart; neither is believed yet. */
export function callFacts(
  conversation: Conversation | undefined,
  carrierCall: TwilioCall | undefined,
): CallFacts {
  const metadata = conversation?.metadata;
  const status = conversation?.status;
  const carrier = carrierCall?.status;
  const reason = metadata?.termination_reason ?? '';
  const error = metadata?.error ?? undefined;
  const result = metadata?.phone_call?.call_result ?? undefined;
  const durationSecs = metadata?.call_duration_secs ?? 0;
  const calleeTurns = (conversation?.transcript ?? [])
    .filter((turn) => turn.role === 'user')
    .map((turn) => turn.message?.trim() ?? '')
    .filter((message) => message !== '' && message !== '...');
  const agentTurns = (conversation?.transcript ?? []).filter(
    (turn) => turn.role === 'agent' && (turn.message ?? '').trim() !== '',
  );
  const evidence = [
    carrierCall &&
      `Twilio's call: ${carrierCall.status}${carrierCall.duration ? `, ${carrierCall.duration} s` : ''}`,
    carrierCall?.answered_by && `Twilio's machine detection: ${carrierCall.answered_by}`,
    error && `metadata.error: ${error.code}${error.reason ? ` ${error.reason}` : ''}`,
    result && `call_result: ${result}`,
    reason && `termination_reason: ${reason}`,
    conversation && `duration ${durationSecs} s, the callee spoke ${times(calleeTurns.length)}`,
    conversation &&
      `status ${conversation.status}, call_successful ${conversation.analysis?.call_successful ?? 'not set'}`,
  ].filter((line): line is string => typeof line === 'string' && line !== '');
  return {
    carrier,
    answeredBy: carrierCall?.answered_by ?? undefined,
    cause: failureCause(error, reason),
    result,
    usedVoicemailTool:
      /voicemail_detection/.test(reason) || metadata?.features_usage?.voicemail_detection?.used === true,
    durationSecs,
    calleeTurns,
    agentSpoke: agentTurns.length > 0,
    agentFirstSecs: agentTurns[0]?.time_in_call_secs ?? undefined,
    reason,
    status,
    goal: conversation?.analysis?.call_successful,
    over: status === 'done' || status === 'failed' || isFinalCarrierStatus(carrier),
    pickedUp: carrier === 'in-progress' || carrier === 'completed' || status === 'in-progress',
    evidence,
  };
}

function times(count: number): string {
  return count === 0 ? 'not once' : count === 1 ? 'once' : `${count} times`;
}
