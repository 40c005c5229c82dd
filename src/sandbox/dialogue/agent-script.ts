import { at, isObject, type JsonObject, numberAt, objectAt, textAt } from '../json.ts';
import { fillVariables } from './variables.ts';

/** What an agent brings into a call, its variables filled in. Times are milliseconds. */
export interface AgentScript {
  readonly firstMessage: string;
  readonly prompt: string;
  /** Values by name: placeholders, laid over by what the call brought. */
  readonly values: JsonObject;
  readonly canEndCall: boolean;
  readonly canPressKeys: boolean;
  /** Present when the agent may tell a mailbox from a person; the message is left there, if it has one. */
  readonly voicemail: { readonly message: string | undefined } | undefined;
  readonly turnTimeoutMs: number;
  /** Ends the call after that much silence of the callee; absent when it never does. */
  readonly silenceMs: number | undefined;
  readonly maxDurationMs: number;
}

export function agentScript(config: JsonObject, values: JsonObject): AgentScript {
  const tool = (name: string) => {
    const builtIn = at(config, 'agent', 'prompt', 'built_in_tools', name);
    if (isObject(builtIn)) return builtIn;
    const listed = at(config, 'agent', 'prompt', 'tools');
    return Array.isArray(listed)
      ? listed.find((one) => at(one, 'params', 'system_tool_type') === name)
      : undefined;
  };
  const mailbox = tool('voicemail_detection');
  const message = textAt(mailbox, 'params', 'voicemail_message');
  const silenceSecs = numberAt(config, 'turn', 'silence_end_call_timeout') ?? -1;
  return {
    firstMessage: fillVariables(textAt(config, 'agent', 'first_message') ?? '', values),
    prompt: textAt(config, 'agent', 'prompt', 'prompt') ?? '',
    values,
    canEndCall: isObject(tool('end_call')),
    canPressKeys: isObject(tool('play_keypad_touch_tone')),
    voicemail: isObject(mailbox)
      ? { message: message === undefined ? undefined : fillVariables(message, values) }
      : undefined,
    turnTimeoutMs: (numberAt(config, 'turn', 'turn_timeout') ?? 7) * 1000,
    silenceMs: silenceSecs > 0 ? silenceSecs * 1000 : undefined,
    maxDurationMs: (numberAt(config, 'conversation', 'max_duration_seconds') ?? 600) * 1000,
  };
}

/** The placeholders of an agent: test values that stand in for what a call does not bring. */
export function placeholders(config: JsonObject): JsonObject {
  return objectAt(config, 'agent', 'dynamic_variables', 'dynamic_variable_placeholders');
}
