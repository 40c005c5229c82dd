import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { clientData } from './client-data.ts';

function faults(value: unknown): string[] {
  const parsed = clientData.safeParse(value);
  return parsed.success ? [] : parsed.error.issues.map(place);
}

function place(issue: z.core.$ZodIssue): string {
  const names = issue.code === 'unrecognized_keys' ? `: ${issue.keys.join(', ')}` : '';
  return `${issue.path.join('.')} ${issue.code}${names}`;
}

describe('client data', () => {
  it('accepts every field that the document lists', () => {
    expect(
      faults({
        dynamic_variables: { customer_name: 'Ada', amount: 12.5, urgent: true },
        user_id: 'att_1',
        conversation_config_override: {
          agent: {
            first_message: 'Hello',
            language: 'en',
            max_conversation_duration_message: null,
            prompt: {
              prompt: 'Be brief.',
              llm: 'a-model-of-next-year',
              tool_ids: [],
              tool_ids_strict: true,
              native_mcp_server_ids: [],
              knowledge_base: [{ type: 'file', name: 'Terms', id: 'kb_1', usage_mode: 'auto' }],
            },
          },
          tts: {
            model_id: 'eleven_flash_v2',
            voice_id: 'voice_1',
            supported_voices: [
              { label: 'Low', voice_id: 'voice_2', optimize_streaming_latency: 3, speed: 1.2 },
            ],
            stability: 0.5,
            pronunciation_dictionary_locators: [{ pronunciation_dictionary_id: 'pd_1', version_id: null }],
          },
          conversation: { text_only: false, max_duration_seconds: 120 },
          asr: { keywords: ['invoice'] },
          turn: { soft_timeout_config: { message: 'One moment', additional_soft_timeout_messages: [] } },
        },
        custom_llm_extra_body: { anything: { goes: [1, null] } },
        source_info: { source: 'node_js_sdk', version: '1.0' },
        branch_id: null,
        environment: 'production',
        starting_workflow_node_id: 'node_1',
        procedure_ids: [],
      }),
    ).toEqual([]);
  });

  it.each([
    [{ dynamicVariables: { name: 'Ada' } }, ' unrecognized_keys: dynamicVariables'],
    [{ first_message: 'Hello' }, ' unrecognized_keys: first_message'],
    [{ type: 'conversation_initiation_client_data' }, ' unrecognized_keys: type'],
    [
      { conversation_config_override: { first_message: 'Hello' } },
      'conversation_config_override unrecognized_keys: first_message',
    ],
    [
      { conversation_config_override: { agent: { prompt: { text: 'Be brief.' } } } },
      'conversation_config_override.agent.prompt unrecognized_keys: text',
    ],
    [
      { conversation_config_override: { tts: { speed: 'fast' } } },
      'conversation_config_override.tts.speed invalid_type',
    ],
    [{ source_info: { version: 'x'.repeat(51) } }, 'source_info.version too_big'],
  ])('names the place of what is wrong in %j', (value, fault) => {
    expect(faults(value)).toEqual([fault]);
  });

  it.each([[null], [['a']], [{ a: 1 }], [Number.NaN], [Number.POSITIVE_INFINITY]])(
    'refuses %j as a variable',
    (value) => {
      expect(faults({ dynamic_variables: { name: value } })).toEqual([
        'dynamic_variables.name invalid_union',
      ]);
    },
  );

  it('keeps a variable of any name, as an own property', () => {
    const variables = JSON.parse('{"constructor": "Ada", "a b": "c", "": "d"}');
    expect(clientData.parse({ dynamic_variables: variables }).dynamic_variables).toEqual(variables);
  });
});
