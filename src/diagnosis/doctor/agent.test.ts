import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../kernel/virtual-clock.ts';
import { agent } from './agent.ts';
import type { CheckContext } from './check.ts';

const fit = {
  agent_id: 'agent_1',
  name: 'Ada',
  conversation_config: {
    agent: {
      first_message: 'Hello {{customer_name}}',
      dynamic_variables: { dynamic_variable_placeholders: { customer_name: 'Mr Vega' } },
      prompt: {
        prompt: 'Call.',
        built_in_tools: {
          end_call: { name: 'end_call' },
          voicemail_detection: { name: 'voicemail_detection' },
        },
      },
    },
  },
  platform_settings: {
    overrides: {
      custom_llm_extra_body: true,
      conversation_config_override: { agent: { first_message: true, prompt: { llm: true, prompt: false } } },
    },
  },
};

function context(
  body: unknown,
  listed: unknown = { agents: [{ agent_id: 'agent_1', name: 'Ada' }] },
): CheckContext {
  return {
    settings: { elevenlabs: { baseUrl: 'https://api.example.com' }, webhookSecretSet: false },
    clock: createVirtualClock(),
    sandbox: false,
    ask: async ({ path }) => ({
      kind: 'reply',
      status: 200,
      headers: {},
      body: path.includes('?page_size') ? listed : body,
      tookMs: 1,
      atMs: 0,
    }),
  };
}

describe('agent', () => {
  it('takes the only agent where none is configured, and lists what a call may override', async () => {
    expect(await agent.run(context(fit))).toMatchObject({
      status: 'ok',
      facts: {
        id: 'agent_1',
        overrides: ['custom_llm_extra_body', 'agent.first_message', 'agent.prompt.llm'],
        variables: [{ name: 'customer_name', usedIn: ['first_message'], hasPlaceholder: true }],
      },
    });
  });

  it('keeps the value of a placeholder out of what it says', async () => {
    expect(JSON.stringify(await agent.run(context(fit)))).not.toContain('Vega');
  });

  it('asks for a choice between several', async () => {
    const two = {
      agents: [
        { agent_id: 'a', name: 'A' },
        { agent_id: 'b', name: 'B' },
      ],
    };
    expect(await agent.run(context(fit, two))).toMatchObject({
      status: 'warning',
      fix: expect.stringContaining('ELEVENLABS_AGENT_ID'),
    });
  });

  it('is skipped where nothing tells which agent is meant', async () => {
    expect(await agent.run(context(fit, 'busy'))).toMatchObject({ status: 'skipped' });
  });

  it('reads an agent of which nearly everything is missing', async () => {
    const result = await agent.run(context({ agent_id: 'agent_1', conversation_config: null }));
    expect(result).toMatchObject({
      status: 'warning',
      summary: expect.stringContaining('it cannot hang up'),
    });
  });

  it.each([
    [{ conversation: { text_only: true } }, {}, 'text only'],
    [{}, { privacy: { zero_retention_mode: true } }, 'zero retention'],
    [{}, { call_limits: { daily_limit: 0 } }, 'daily limit'],
    [{}, { auth: { enable_auth: true } }, 'authentication'],
    [{ agent: {} }, {}, 'waits until the callee speaks'],
  ])('warns of %j and %j', async (config, platform, words) => {
    const changed = {
      ...fit,
      conversation_config: { ...fit.conversation_config, ...config },
      platform_settings: { ...fit.platform_settings, ...platform },
    };
    expect(await agent.run(context(changed))).toMatchObject({
      status: 'warning',
      summary: expect.stringContaining(words),
    });
  });

  it('says when tools are out of sight', async () => {
    const prompt = { ...fit.conversation_config.agent.prompt, tool_ids: ['tool_1', 'tool_2'] };
    const own = { ...fit.conversation_config, agent: { ...fit.conversation_config.agent, prompt } };
    const { evidence } = await agent.run(context({ ...fit, conversation_config: own }));
    expect(evidence.map(({ text }) => text)).toContain(
      '2 of its tools are named by id only; their variables are not seen here',
    );
  });
});
