import * as z from 'zod';
import type { Source } from '../operation.ts';

/**
 * The monitoring socket: `wss://<host>/v1/convai/conversations/{conversation_id}/monitor` with the header `xi-api-key`. It
 * needs an enterprise plan, a key with `convai_write`, the editor's role and `monitoring_enabled` on the agent, and opens
 * only once the conversation has begun. It first replays about the last 100 events; their order is not kept.
 */
export const monitorPath = '/v1/convai/conversations/{conversation_id}/monitor';

/** Not in the document, and no live capture was found: expect other types and other fields. */
export const monitorSource: Source = {
  by: 'documentation',
  of: 'ElevenLabs documentation: real-time monitoring, client events; unverified against a live answer',
};

const said = z.string().nullish();

/**
 * Any message of the socket. The part that belongs to `type` is read, the others are absent; unknown types pass with
 * their fields. Source: written documentation, unverified.
 */
export const monitorEvent = z.looseObject({
  type: z.string(),
  user_transcription_event: z.looseObject({ user_transcript: said }).nullish(),
  agent_response_event: z.looseObject({ agent_response: said }).nullish(),
  agent_response_correction_event: z
    .looseObject({ original_agent_response: said, corrected_agent_response: said })
    .nullish(),
  agent_tool_response: z
    .looseObject({ tool_name: z.string().nullish(), is_error: z.boolean().nullish() })
    .nullish(),
});

/** What Donna may send: end the conversation, or tell the agent something. Source: written documentation, unverified. */
export const monitorCommand = z.discriminatedUnion('command_type', [
  z.strictObject({ command_type: z.literal('end_call') }),
  z.strictObject({
    command_type: z.literal('contextual_update'),
    parameters: z.strictObject({ contextual_update: z.string() }),
  }),
]);

export type MonitorEvent = z.output<typeof monitorEvent>;
export type MonitorCommand = z.output<typeof monitorCommand>;
