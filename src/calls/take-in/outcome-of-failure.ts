import type { PostCallWebhook } from '../../wire/elevenlabs/post-call-webhook.ts';
import type { TwilioCall } from '../../wire/twilio/call.ts';
import type { Cause } from '../cause.ts';
import type { Outcome, OutcomeKind } from '../outcome.ts';
import { refusalCause } from '../refusal-cause.ts';

/** What `call_initiation_failure` tells of a dial that reached nobody. */
export type InitiationFailure = Extract<PostCallWebhook, { type: 'call_initiation_failure' }>['data'];

/**
 * How a dial ended that reached nobody. In order of weight: a decline by its SIP status (the provider has no word for it and says
 * busy), the carrier's own status, the SIP status, and the provider's reason.
 */
export function outcomeOfFailure(failure: InitiationFailure, carrierCall?: TwilioCall): Outcome {
  const body = failure.metadata?.body ?? {};
  const carrier = carrierCall?.status ?? body.CallStatus ?? undefined;
  const sipStatus = String(body.sip_status_code ?? body.SipResponseCode ?? '');
  const words = [body.error_reason, sipStatus && `sip status: ${sipStatus}`].filter(Boolean).join(' · ');
  const cause = refusalCause(words);
  const evidence = [
    carrierCall && `Twilio's call: ${carrierCall.status}`,
    `failure_reason: ${failure.failure_reason}`,
    body.CallStatus && `CallStatus: ${body.CallStatus}`,
    sipStatus && `SIP status ${sipStatus}`,
    body.error_reason && `error_reason: ${body.error_reason}`,
  ].filter((line): line is string => typeof line === 'string' && line !== '');
  return { ...judge(failure.failure_reason, carrier, cause), evidence, contradicts: undefined };
}

function judge(
  reason: string,
  carrier: string | undefined,
  cause: Cause,
): Omit<Outcome, 'evidence' | 'contradicts'> {
  if (cause.code === 'declined') return notReached('declined', 'The callee declined the call.');
  if (carrier === 'busy') return notReached('busy', 'The line was busy.');
  if (carrier === 'no-answer') return notReached('no-answer', 'Nobody answered while it rang.');
  if (carrier === 'canceled')
    return {
      ...notReached('cancelled', 'The call was cancelled before anybody answered.'),
      owner: 'donna',
      retryable: false,
    };
  if (cause.code === 'busy' || (cause.code === 'refused' && reason === 'busy'))
    return notReached('busy', 'The line was busy.');
  if (cause.code === 'no-answer' || (cause.code === 'refused' && reason === 'no-answer'))
    return notReached('no-answer', 'Nobody answered while it rang.');
  const named = cause.code !== 'refused';
  return {
    ...notReached('failed', named ? cause.sentence : 'The carrier could not complete the call.'),
    owner: named ? cause.owner : 'carrier',
    // Without a named cause the next try may go better: no phone was picked up.
    retryable: named ? cause.retryable : true,
    fix: named ? cause.fix : 'Run donna diagnose, and look at the carrier’s record of the call.',
  };
}

function notReached(kind: OutcomeKind, sentence: string): Omit<Outcome, 'evidence' | 'contradicts'> {
  return { kind, owner: 'callee', retryable: true, connected: false, human: 'no', sentence, fix: undefined };
}
