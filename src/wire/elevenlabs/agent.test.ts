import { describe, expect, it } from 'vitest';
import { createAgent, getAgent, listAgents, updateAgent } from './agent.ts';
import { createAgentBody, updateAgentBody } from './agent-body.ts';

describe('an agent as read', () => {
  it('needs its id alone', () => {
    expect(getAgent.reply.parse({ agent_id: 'agent_1' })).toEqual({ agent_id: 'agent_1' });
  });

  it('may lack or have null for any part of its tree', () => {
    for (const part of [
      null,
      undefined,
      {},
      { agent: null },
      { agent: { prompt: null } },
      { agent: { prompt: {} } },
    ]) {
      expect(getAgent.reply.safeParse({ agent_id: 'agent_1', conversation_config: part }).success).toBe(true);
    }
    for (const part of [
      null,
      { overrides: null },
      { overrides: { conversation_config_override: { agent: {} } } },
    ]) {
      expect(getAgent.reply.safeParse({ agent_id: 'agent_1', platform_settings: part }).success).toBe(true);
    }
  });

  it('shows what a call depends on: texts, placeholders, switches, limits, tools', () => {
    const agent = getAgent.reply.parse({
      agent_id: 'agent_1',
      name: 'Donna',
      conversation_config: {
        agent: {
          first_message: 'Hello {{customer_name}}',
          dynamic_variables: { dynamic_variable_placeholders: { customer_name: 'Ada' } },
          prompt: {
            prompt: 'Ask about {{order}}',
            tools: [
              { type: 'webhook', name: 'look_up', api_schema: { url: 'https://example.com/{{order}}' } },
            ],
            built_in_tools: {
              voicemail_detection: { name: 'voicemail_detection', params: {} },
              end_call: null,
            },
          },
        },
        conversation: { max_duration_seconds: 600, monitoring_enabled: false },
      },
      platform_settings: {
        overrides: {
          conversation_config_override: { agent: { first_message: true, prompt: { prompt: false } } },
        },
        call_limits: { agent_concurrency_limit: -1, daily_limit: 100000 },
      },
    });
    expect(agent.conversation_config?.agent?.prompt?.tools?.[0]?.api_schema?.url).toContain('{{order}}');
    expect(agent.platform_settings?.overrides?.conversation_config_override?.agent?.first_message).toBe(true);
    expect(agent.platform_settings?.call_limits?.daily_limit).toBe(100000);
    expect(agent.conversation_config?.agent?.prompt?.built_in_tools?.voicemail_detection).toBeTruthy();
  });

  it('is listed without the voice id that the official SDK cannot do without', () => {
    const page = { agents: [{ agent_id: 'agent_1', name: 'Donna' }], has_more: false };
    expect(listAgents.reply.parse(page)).toEqual(page);
  });
});

describe('an agent as sent', () => {
  const conversation_config = {
    agent: { first_message: 'Hello', prompt: { prompt: 'Be brief.', llm: 'gpt-4o' } },
  };

  it('needs its conversation config when it is created, and nothing when it is changed', () => {
    expect(createAgentBody.safeParse({ name: 'Donna' }).success).toBe(false);
    expect(createAgentBody.parse({ name: 'Donna', conversation_config })).toEqual({
      name: 'Donna',
      conversation_config,
    });
    expect(updateAgentBody.parse({})).toEqual({});
  });

  it.each([
    [{ first_message: 'Hello' }, ''],
    [{ conversation_config: { first_message: 'Hello' } }, 'conversation_config'],
    [
      { conversation_config: { agent: { prompt: { system_prompt: '' } } } },
      'conversation_config.agent.prompt',
    ],
    [{ platform_settings: { overrides: { first_message: true } } }, 'platform_settings.overrides'],
    [
      {
        platform_settings: {
          overrides: { conversation_config_override: { agent: { prompt: { text: true } } } },
        },
      },
      'platform_settings.overrides.conversation_config_override.agent.prompt',
    ],
    [{ platform_settings: { call_limits: { daily: 1 } } }, 'platform_settings.call_limits'],
  ])('names the place of the field that nobody knows in %j', (body, place) => {
    const { error } = updateAgentBody.safeParse(body);
    expect(error?.issues).toMatchObject([{ code: 'unrecognized_keys' }]);
    expect(error?.issues[0]?.path.join('.')).toBe(place);
  });

  it('passes the trees that only the provider knows', () => {
    const tts = { voice_id: 'voice_1', a_field_of_next_year: [1] };
    expect(updateAgentBody.parse({ conversation_config: { tts } })).toEqual({ conversation_config: { tts } });
  });

  it('goes to a path of its own when it is created', () => {
    expect([createAgent.method, createAgent.path]).toEqual(['POST', '/v1/convai/agents/create']);
    expect([updateAgent.method, updateAgent.path]).toEqual(['PATCH', '/v1/convai/agents/{agent_id}']);
  });
});
