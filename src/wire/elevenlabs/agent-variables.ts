import type { Agent } from './agent.ts';
import type { ConfigOverride } from './client-data.ts';

/** A `{{variable}}` that an agent uses. */
export interface AgentVariable {
  readonly name: string;
  /** Where it is used, such as `first_message`, `prompt` or `tool look_up_invoice`. */
  readonly usedIn: readonly string[];
  /** The agent has a placeholder for it: a test default, spoken when the call brings no value. */
  readonly placeholder: unknown;
}

/** `{{name}}` in a text. Names may hold dots and hyphens; spaces inside the braces are allowed. */
export const variableReference = /\{\{\s*([\w.-]+)\s*\}\}/g;

/** The names in `{{braces}}`, each once, in order of appearance; the provider's own `system__…` among them. */
export function variableNames(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(variableReference), (match) => match[1] ?? ''))];
}

/**
 * Every variable that the agent's first message, prompt and tools use, an override's text taking the place of the
 * agent's own. `secret__…` variables are used in tool headers only and are listed too: a call must bring them.
 */
export function agentVariables(agent: Agent, override?: ConfigOverride | null): AgentVariable[] {
  const used = new Map<string, string[]>();
  const note = (where: string, text: unknown) => {
    if (text === undefined || text === null) return;
    for (const name of variableNames(typeof text === 'string' ? text : JSON.stringify(text))) {
      if (name.startsWith('system__')) continue;
      const places = used.get(name) ?? [];
      if (!places.includes(where)) used.set(name, [...places, where]);
    }
  };
  const own = agent.conversation_config?.agent;
  note('first_message', override?.agent?.first_message ?? own?.first_message);
  note('prompt', override?.agent?.prompt?.prompt ?? own?.prompt?.prompt);
  const tools = own?.prompt?.tools ?? [];
  for (const tool of tools) {
    const where = `tool ${tool.name ?? '?'}`;
    note(where, tool.api_schema);
    for (const name of boundVariables(tool.api_schema)) used.set(name, [...(used.get(name) ?? []), where]);
  }
  const placeholders: Record<string, unknown> = {
    ...Object.assign({}, ...tools.map((tool) => tool.dynamic_variables?.dynamic_variable_placeholders ?? {})),
    ...own?.dynamic_variables?.dynamic_variable_placeholders,
  };
  return [...used].map(([name, usedIn]) => ({
    name,
    usedIn: [...new Set(usedIn)],
    placeholder:
      Object.hasOwn(placeholders, name) && isValue(placeholders[name]) ? placeholders[name] : undefined,
  }));
}

/** The editor writes an empty string for a placeholder that was never filled in; it cannot be spoken. */
function isValue(placeholder: unknown): boolean {
  return placeholder !== undefined && placeholder !== null && placeholder !== '';
}

/** Tool parameters may name a variable as their value: `{"dynamic_variable": "order_id"}`. */
function boundVariables(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) =>
    key === 'dynamic_variable' && typeof value === 'string' && value !== '' && !value.startsWith('system__')
      ? [value]
      : boundVariables(value),
  );
}
