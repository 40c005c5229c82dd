import { createHash } from 'node:crypto';
import type { DynamicVariables } from '../wire/elevenlabs/client-data.ts';

/** What makes two calls the same one: line, destination, agent and variables, in whatever order they were given. */
export function fingerprint(call: {
  lineId: string;
  to: string;
  agentId: string;
  variables: DynamicVariables;
}): string {
  const variables = Object.entries(call.variables).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return createHash('sha256')
    .update(JSON.stringify([call.lineId, call.to, call.agentId, variables]))
    .digest('hex');
}
