import type { Conversation } from '../wire/elevenlabs/conversation.ts';
import type { TwilioCall } from '../wire/twilio/call.ts';
import { type Outcome, outcomeOf } from './outcome.ts';

/** One turn of a call, for reading. */
export interface SpokenTurn {
  readonly speaker: 'agent' | 'callee';
  readonly text: string;
  /** Seconds since the conversation began. */
  readonly atSecs: number | undefined;
  readonly interrupted: boolean;
}

/** Everything that is known of a call that is over. */
export interface CallReport {
  readonly conversationId: string;
  readonly agentId: string;
  readonly callSid: string | undefined;
  readonly sipCallId: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly startedAt: Date | undefined;
  readonly durationSecs: number | undefined;
  readonly outcome: Outcome;
  readonly transcript: readonly SpokenTurn[];
  readonly cost: {
    readonly credits: number | undefined;
    /** Dollars, as ElevenLabs states them; the carrier's price comes on top. */
    readonly dollars: number | undefined;
    /** As Twilio states it, once it has priced the call. */
    readonly carrier: { readonly amount: string; readonly currency: string } | undefined;
  };
  readonly analysis:
    | {
        /** The agent's own judgement of the goal; not whether the call connected. */
        readonly goal: string;
        readonly summary: string | undefined;
        readonly criteria: readonly {
          readonly name: string;
          readonly result: string;
          readonly rationale: string | undefined;
        }[];
        readonly data: readonly { readonly name: string; readonly value: unknown }[];
      }
    | undefined;
  readonly hasAudio: boolean;
}

export function reportCall(conversation: Conversation, carrierCall?: TwilioCall): CallReport {
  const { metadata, analysis } = conversation;
  const phone = metadata.phone_call;
  const sip = phone?.type === 'sip_trunking';
  return {
    conversationId: conversation.conversation_id,
    agentId: conversation.agent_id,
    callSid: sip ? undefined : (phone?.call_sid ?? carrierCall?.sid ?? undefined),
    sipCallId: sip ? (phone.call_id ?? phone.call_sid ?? undefined) : undefined,
    from: phone?.agent_number ?? undefined,
    to: phone?.external_number ?? undefined,
    startedAt: metadata.start_time_unix_secs ? new Date(metadata.start_time_unix_secs * 1000) : undefined,
    durationSecs: metadata.call_duration_secs ?? undefined,
    outcome: outcomeOf(conversation, carrierCall),
    transcript: conversation.transcript
      .filter((turn) => turn.message)
      .map((turn) => ({
        speaker: turn.role === 'agent' ? 'agent' : 'callee',
        text: turn.message ?? '',
        atSecs: turn.time_in_call_secs ?? undefined,
        interrupted: turn.interrupted ?? false,
      })),
    cost: {
      credits: metadata.cost ?? undefined,
      dollars: metadata.cost_fiat ?? undefined,
      carrier:
        carrierCall?.price && carrierCall.price_unit
          ? { amount: carrierCall.price, currency: carrierCall.price_unit }
          : undefined,
    },
    analysis: analysis
      ? {
          goal: analysis.call_successful,
          summary: analysis.transcript_summary ?? undefined,
          criteria: Object.entries(analysis.evaluation_criteria_results ?? {}).map(([name, criterion]) => ({
            name,
            result: criterion.result,
            rationale: criterion.rationale ?? undefined,
          })),
          data: Object.entries(analysis.data_collection_results ?? {}).map(([name, item]) => ({
            name,
            value: item.value,
          })),
        }
      : undefined,
    hasAudio: conversation.has_audio ?? false,
  };
}
