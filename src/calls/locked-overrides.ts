import type { Agent } from '../wire/elevenlabs/agent.ts';
import type { ClientData } from '../wire/elevenlabs/client-data.ts';
import { overrideSwitchDefault } from '../wire/elevenlabs/override-switches.ts';

/**
 * The fields of the client data that the agent's settings do not let a call change, as dotted paths such as
 * `agent.first_message`. The provider drops some of these in silence and fails the conversation on others (its
 * documentation and what users saw disagree), so all are stopped before the dial.
 */
export function lockedOverrides(agent: Agent, data: ClientData): string[] {
  const switches = agent.platform_settings?.overrides;
  const locked = lockedLeaves(data.conversation_config_override, switches?.conversation_config_override, '');
  const alone: [string, boolean, boolean | undefined][] = [
    [
      'custom_llm_extra_body',
      Object.keys(data.custom_llm_extra_body ?? {}).length > 0,
      switches?.custom_llm_extra_body,
    ],
    [
      'starting_workflow_node_id',
      data.starting_workflow_node_id != null,
      switches?.enable_starting_workflow_node_id_from_client,
    ],
    ['procedure_ids', data.procedure_ids != null, switches?.enable_procedure_ids_from_client],
  ];
  for (const [field, used, allowed] of alone)
    if (used && !(allowed ?? overrideSwitchDefault)) locked.push(field);
  return locked;
}

function lockedLeaves(override: unknown, switches: unknown, path: string): string[] {
  if (override === undefined || override === null) return [];
  if (typeof switches === 'boolean') return switches ? [] : [path];
  if (typeof override !== 'object' || Array.isArray(override))
    return (switches ?? overrideSwitchDefault) ? [] : [path];
  return Object.entries(override).flatMap(([field, value]) =>
    lockedLeaves(
      value,
      (switches as Record<string, unknown> | undefined)?.[field],
      path ? `${path}.${field}` : field,
    ),
  );
}
