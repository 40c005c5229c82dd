import * as z from 'zod';
import { clientData } from './client-data.ts';

/**
 * What the provider posts when a call comes in, before the agent speaks. Calls that Donna places never cause it. It is not
 * signed: it is told from others by a header of our own choice, set beside the URL.
 * Source: written documentation; `conversation_id` seen live.
 */
export const initiationRequest = z.looseObject({
  agent_id: z.string(),
  caller_id: z.string().nullish(),
  called_number: z.string().nullish(),
  call_sid: z.string().nullish(),
  conversation_id: z.string().nullish(),
});

/**
 * What we answer with status 200. `dynamic_variables` must hold every variable the agent uses: placeholders do not
 * fill in here. Unlike the client data of an outbound call it carries a `type`. Source: written documentation.
 */
export const initiationReply = z.strictObject({
  type: z.literal('conversation_initiation_client_data'),
  dynamic_variables: clientData.shape.dynamic_variables.unwrap(),
  conversation_config_override: clientData.shape.conversation_config_override,
  user_id: z.string().optional(),
});

export type InitiationRequest = z.output<typeof initiationRequest>;
export type InitiationReply = z.output<typeof initiationReply>;
