import { variableNames } from '../../wire/elevenlabs/agent-variables.ts';
import { type AgentScript, agentScript, placeholders } from '../dialogue/agent-script.ts';
import { at, isObject, type JsonObject, merged, objectAt, textAt } from '../json.ts';
import type { CallRecord } from './call-record.ts';
import type { ConversationFault } from './conversation-fault.ts';

export type StartOfConversation =
  | { readonly kind: 'starts'; readonly script: AgentScript }
  | {
      readonly kind: 'dies';
      readonly final: 'done' | 'failed';
      readonly terminationReason: string;
      readonly error: ConversationFault;
    };

/**
 * Whether a conversation can begin once the phone is picked up: its overrides must be allowed and each variable
 * must have a value. The provider finds this out only now, after the person has answered.
 */
export function startOfConversation(record: CallRecord): StartOfConversation {
  if (record.over_daily_limit !== undefined) {
    const reason = `Agent has exceeded its daily call limit of ${record.over_daily_limit}.`;
    return { kind: 'dies', final: 'failed', terminationReason: reason, error: { code: 4300, reason } };
  }
  const refused = refusedOverride(record);
  if (refused) {
    const reason = refused;
    return { kind: 'dies', final: 'failed', terminationReason: reason, error: { code: 1008, reason } };
  }
  const config = overriddenConfig(record);
  const values = variablesOf(record);
  const missing = missingVariables(config, values);
  // Seen live: such conversations are `done`, and even judged a success.
  if (missing)
    return {
      kind: 'dies',
      final: 'done',
      terminationReason: missing,
      error: { code: 1008, reason: missing },
    };
  return { kind: 'starts', script: agentScript(config, values) };
}

/** Placeholders, laid over by the call's own variables, and the provider's `system__…` ones. */
export function variablesOf(record: CallRecord): JsonObject {
  return {
    ...placeholders(record.agent.conversation_config),
    ...objectAt(record.client_data, 'dynamic_variables'),
    ...systemVariables(record),
  };
}

function systemVariables(record: CallRecord): JsonObject {
  return {
    system__agent_id: record.agent.agent_id,
    system__current_agent_id: record.agent.agent_id,
    system__caller_id: record.line.phone_number,
    system__called_number: record.to,
    system__call_duration_secs: 0,
    system__time_utc: new Date(record.dialled_at_ms).toISOString(),
    system__conversation_id: record.conversation_id,
    system__call_sid: record.call_sid,
  };
}

function overriddenConfig(record: CallRecord): JsonObject {
  const changed = merged(
    record.agent.conversation_config,
    withoutNulls(objectAt(record.client_data, 'conversation_config_override')),
  );
  return isObject(changed) ? changed : {};
}

function missingVariables(config: JsonObject, values: JsonObject): string | undefined {
  const builtIn = objectAt(config, 'agent', 'prompt', 'built_in_tools');
  const places: readonly (readonly [string, string])[] = [
    ['first message', textAt(config, 'agent', 'first_message') ?? ''],
    ['prompt', textAt(config, 'agent', 'prompt', 'prompt') ?? ''],
    ['tools', JSON.stringify([at(config, 'agent', 'prompt', 'tools') ?? [], builtIn])],
  ];
  for (const [place, text] of places) {
    const missing = variableNames(text).filter((name) => values[name] === undefined || values[name] === null);
    if (missing.length === 0) continue;
    const set = missing.toSorted().map((name) => `'${name}'`);
    return `Missing required dynamic variables in ${place}: {${set.join(', ')}}`;
  }
  return undefined;
}

/** The provider's words for the first override that the agent's settings do not allow. */
function refusedOverride(record: CallRecord): string | undefined {
  const overrides = objectAt(record.agent.platform_settings, 'overrides');
  const switches = objectAt(overrides, 'conversation_config_override');
  const given = withoutNulls(objectAt(record.client_data, 'conversation_config_override'));
  const field = firstNotAllowed(given, switches);
  if (field !== undefined) return `Override for field '${field}' is not allowed by config.`;
  const gated = [
    ['custom_llm_extra_body', 'custom_llm_extra_body'],
    ['starting_workflow_node_id', 'enable_starting_workflow_node_id_from_client'],
    ['procedure_ids', 'enable_procedure_ids_from_client'],
  ] as const;
  const refused = gated.find(
    ([name, allowed]) => isGiven(record.client_data[name]) && overrides[allowed] !== true,
  );
  return refused && `Override for field '${refused[0]}' is not allowed by config.`;
}

function isGiven(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  return !isObject(value) || Object.keys(value).length > 0;
}

function firstNotAllowed(given: JsonObject, switches: JsonObject): string | undefined {
  for (const [name, value] of Object.entries(given)) {
    const allowed = switches[name];
    if (allowed === true) continue;
    if (!isObject(value)) return name;
    const inner = firstNotAllowed(value, isObject(allowed) ? allowed : {});
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function withoutNulls(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([name, inner]) => [name, isObject(inner) ? withoutNulls(inner) : inner]),
  );
}
