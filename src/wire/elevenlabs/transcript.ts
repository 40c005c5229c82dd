import * as z from 'zod';
import { openEnum } from '../open-enum.ts';

/** A tool that the agent called. `params_as_json` is JSON in a string. */
const toolCall = z.looseObject({
  request_id: z.string().nullish(),
  tool_name: z.string(),
  params_as_json: z.string().nullish(),
  tool_has_been_called: z.boolean().nullish(),
  type: z.string().nullish(),
});

const toolResult = z.looseObject({
  request_id: z.string().nullish(),
  tool_name: z.string(),
  result_value: z.unknown().optional(),
  is_error: z.boolean().nullish(),
  tool_has_been_called: z.boolean().nullish(),
  type: z.string().nullish(),
});

/**
 * One turn. `message` is null for a turn that only calls tools; `time_in_call_secs` counts from the start of the
 * conversation. Source: document, ConversationHistoryTranscriptResponseModel.
 */
export const transcriptTurn = z.looseObject({
  role: openEnum(['user', 'agent']),
  message: z.string().nullish(),
  time_in_call_secs: z.number().nullish(),
  interrupted: z.boolean().nullish(),
  original_message: z.string().nullish(),
  tool_calls: z.array(toolCall).nullish(),
  tool_results: z.array(toolResult).nullish(),
  source_medium: z.string().nullish(),
});

export type TranscriptTurn = z.output<typeof transcriptTurn>;
