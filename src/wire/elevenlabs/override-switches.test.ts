import { expect, it } from 'vitest';
import * as z from 'zod';
import { configOverride } from './client-data.ts';
import { overrideSwitches, overrideSwitchesReply } from './override-switches.ts';

type Json = Readonly<Record<string, unknown>>;

/** The names in a tree, such as `agent.prompt.llm`, down to the given groups and no further. */
function leaves(schema: z.ZodType, groups: readonly string[]): string[] {
  const walk = (node: Json, at: string): string[] => {
    const union = Array.isArray(node.anyOf) ? (node.anyOf as Json[]) : [node];
    const properties = union
      .map((one) => one.properties as Json | undefined)
      .find((one) => one !== undefined);
    if (properties === undefined || (at !== '' && !groups.includes(at))) return [at];
    return Object.entries(properties).flatMap(([name, child]) =>
      walk(child as Json, at === '' ? name : `${at}.${name}`),
    );
  };
  return walk(z.toJSONSchema(schema, { io: 'input' }), '').sort();
}

const groups = ['agent', 'agent.prompt', 'tts', 'conversation', 'asr', 'turn', 'turn.soft_timeout_config'];

it('has one switch for each override that a call can bring', () => {
  const overrides = leaves(configOverride, groups);
  // The SDK knows this field, and neither it nor the document has a switch for it.
  expect(overrides.filter((name) => name !== 'agent.prompt.tool_ids_strict')).toEqual(
    leaves(overrideSwitches.shape.conversation_config_override, groups),
  );
});

it('reads switches as it sends them, and tolerates those of next year', () => {
  const sent = { conversation_config_override: { tts: { speed: true } }, custom_llm_extra_body: false };
  expect(overrideSwitches.parse(sent)).toEqual(sent);
  expect(overrideSwitchesReply.parse(sent)).toEqual(sent);
  const later = { conversation_config_override: { tts: { pitch: true } }, enable_telepathy: true };
  expect(overrideSwitches.safeParse(later).success).toBe(false);
  expect(overrideSwitchesReply.parse(later)).toEqual(later);
});
