import * as z from 'zod';
import { operation } from '../operation.ts';
import { inDocument } from './document-source.ts';

/** How many conversations run now: the only reading of concurrency that the provider gives. `agent_ids` wins over `agent_id`. */
export const getLiveCount = operation({
  name: 'getLiveCount',
  provider: 'elevenlabs',
  method: 'GET',
  path: '/v1/convai/analytics/live-count',
  summary: 'Count the conversations that run now',
  query: z.strictObject({ agent_id: z.string().optional(), agent_ids: z.array(z.string()).optional() }),
  reply: z.looseObject({ count: z.number() }),
  operationId: 'get_live_count',
  source: inDocument('get_live_count'),
});
