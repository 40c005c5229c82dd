import type { Agent } from '../wire/elevenlabs/agent.ts';
import type { ClientData } from '../wire/elevenlabs/client-data.ts';
import { defaultRingingTimeoutSecs, type TelephonyCallConfig } from '../wire/elevenlabs/outbound-call.ts';

/** How long a conversation may last where the agent does not say. Source: document, ConversationConfig. */
const DEFAULT_LONGEST_SECS = 600;
/** Twilio ends every call after 24 hours. A longer limit would leave an unknown without an end. Source: Twilio, Call resource, TimeLimit. */
const LONGEST_SECS = 24 * 3600;
/** The provider transcribes and analyses a call that is over; it has never been seen to take as long. */
const PROCESSING_MS = 15 * 60_000;
/** Clocks of two machines differ, and a list may lag behind. */
const SLACK_MS = 2 * 60_000;

/**
 * Milliseconds after a commit by which a call has surely rung, ended and been processed, and its records are there to be found.
 */
export function quietPeriodMs(
  call: { readonly telephony?: TelephonyCallConfig | undefined; readonly clientData: ClientData },
  agent: Agent | undefined,
): number {
  const ring = call.telephony?.ringing_timeout_secs ?? defaultRingingTimeoutSecs;
  const ofAgent = agent?.conversation_config?.conversation?.max_duration_seconds ?? DEFAULT_LONGEST_SECS;
  const ofCall = call.clientData.conversation_config_override?.conversation?.max_duration_seconds ?? 0;
  // The provider may ignore what the call asks for: the longer one holds, and what is no duration shortens nothing.
  const longest = Math.min(Math.max(ofCall, ofAgent > 0 ? ofAgent : DEFAULT_LONGEST_SECS), LONGEST_SECS);
  return (ring + longest) * 1000 + PROCESSING_MS + SLACK_MS;
}
