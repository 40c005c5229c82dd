import { createHash } from 'node:crypto';
import type { DynamicVariables } from '../wire/elevenlabs/client-data.ts';
import { attemptVariable } from './call-request.ts';

/** What makes two calls the same one: line, destination, agent and variables, in whatever order they were given. */
export function fingerprint(call: {
  lineId: string;
  to: string;
  agentId: string;
  variables: DynamicVariables;
}): string {
  // Client data copied from an earlier conversation brings that attempt's id along.
  const own = Object.entries(call.variables).filter(([name]) => name !== attemptVariable);
  const variables = own.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return createHash('sha256')
    .update(JSON.stringify([call.lineId, call.to, call.agentId, variables]))
    .digest('hex');
}
