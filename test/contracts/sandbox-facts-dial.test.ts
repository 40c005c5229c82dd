import { afterEach, describe, expect, it } from 'vitest';
import { demo } from '../../src/sandbox/index.ts';
import { type OpenSandbox, openSandbox } from '../fixtures/open-sandbox.ts';

let open: OpenSandbox;
afterEach(() => open.close());

const withVariables = (variables: Record<string, unknown>) => ({
  conversation_initiation_client_data: { dynamic_variables: variables },
});
const withoutPlaceholders = { agent_id: demo.agentWithoutPlaceholdersId };

describe('a dial', () => {
  it('names the id of a call as each endpoint does', async () => {
    open = await openSandbox({
      state: (state) => ({
        ...state,
        lines: state.lines.flatMap((line) => [
          line,
          ...(line.provider === 'twilio'
            ? [{ ...line, phone_number_id: 'phnum_exotel', provider: 'exotel' as const }]
            : []),
        ]),
      }),
    });
    const twilio = await open.dial('+12125550142');
    expect(twilio.json).toEqual({
      success: true,
      message: 'Success',
      conversation_id: expect.stringMatching(/^conv_/),
      callSid: expect.stringMatching(/^CA[0-9a-f]{32}$/),
    });
    const sip = await open.dialSip('+12125550142');
    expect(Object.keys(sip.json)).toEqual(['success', 'message', 'conversation_id', 'sip_call_id']);
    const exotel = await open.request('POST', '/v1/convai/exotel/outbound-call', {
      agent_id: demo.agentId,
      agent_phone_number_id: 'phnum_exotel',
      to_number: '+12125550142',
    });
    expect(Object.keys(exotel.json)).toEqual(['success', 'message', 'conversation_id', 'callSid']);
    expect(open.sandbox.journal.rings).toHaveLength(3);
  });

  it('bounds the ringing timeout', async () => {
    open = await openSandbox();
    const ring = (secs: unknown) =>
      open.dial('+12125550142', { telephony_call_config: { ringing_timeout_secs: secs } });
    expect((await ring(999)).status).toBe(200);
    expect((await ring('30')).status).toBe(200);
    for (const [secs, type] of [
      [0, 'greater_than_equal'],
      [1000, 'less_than_equal'],
      [1.5, 'int_from_float'],
      ['soon', 'int_parsing'],
    ]) {
      const reply = await ring(secs);
      expect(reply.status).toBe(422);
      expect(reply.json.detail[0]).toMatchObject({
        type,
        loc: ['body', 'telephony_call_config', 'ringing_timeout_secs'],
        input: secs,
      });
    }
  });

  it('answers 200 to a dial that Twilio refuses', async () => {
    open = await openSandbox();
    const words: Record<string, string> = {
      '+12125550140': 'is not valid',
      '+12125550141': 'is unverified. Trial accounts may only make calls to verified numbers.',
      '+12125550150': 'Account not authorized to call',
      '+12125550151': 'blocked',
      '+12125550152': 'cannot be reached',
    };
    for (const [number, message] of Object.entries(words)) {
      const reply = await open.dial(number);
      expect(reply.status).toBe(200);
      expect(reply.json).toEqual({
        success: false,
        message: expect.stringContaining(message),
        conversation_id: null,
        callSid: null,
      });
      expect(reply.json.message).toMatch(/^HTTP 400 error: Unable to create record: /);
    }
    expect(open.sandbox.journal.rings).toEqual([]);
    expect(open.sandbox.state.calls).toEqual([]);
  });

  it('lets a trial account dial its verified numbers alone', async () => {
    open = await openSandbox({
      state: (state) => ({
        ...state,
        twilio: { ...state.twilio, type: 'Trial', verified_numbers: ['+12125550110'] },
      }),
    });
    expect((await open.dial('+12125550110')).json.success).toBe(true);
    expect((await open.dial('+12125550142')).json.message).toContain(
      'The number +12125550142 is unverified.',
    );
    expect((await open.dialSip('+12125550142')).json.success).toBe(true);
  });

  it('keeps a conversation of a dial that SIP refuses', async () => {
    open = await openSandbox();
    const { status, json } = await open.dialSip('+12125550152');
    expect(status).toBe(200);
    expect(json).toEqual({
      success: false,
      message: 'INVITE failed: sip status: 404: Domain unavailable (SIP 404)',
      conversation_id: expect.stringMatching(/^conv_/),
      sip_call_id: null,
    });
    const conversation = await open.conversation(json.conversation_id);
    expect(conversation).toMatchObject({
      status: 'failed',
      metadata: { error: { code: 404 }, call_duration_secs: 0 },
    });
  });

  it('leaves a failed conversation after a compliance refusal', async () => {
    open = await openSandbox();
    const { json } = await open.dial('+12125550153');
    expect(json).toMatchObject({ success: false, conversation_id: null, callSid: null });
    const { conversations } = (await open.get('/v1/convai/conversations')).json;
    const kept = await open.conversation(conversations[0].conversation_id);
    expect(kept.status).toBe('failed');
    expect(kept.metadata.error).toEqual({
      code: 1011,
      reason: expect.stringContaining('compliance profile is not approved'),
      error_type: 'call_initialization_error',
    });
  });

  it('refuses a line of another provider', async () => {
    open = await openSandbox();
    const reply = await open.dial('+12125550142', { agent_phone_number_id: demo.sipLineId });
    expect(reply.status).toBe(400);
    expect(reply.json.detail.status).toBe('invalid_provider_config');
    expect(reply.json.detail.message).toContain(
      'missing some Twilio credentials for the number +12125550101',
    );
  });

  it('drops unknown fields in silence', async () => {
    open = await openSandbox();
    const dial = await open.dial('+12125550142', {
      ...withoutPlaceholders,
      dynamic_variables: { customer_name: 'Ms Rivera' },
      phone_number_id: 'phnum_other',
      conversation_initiation_client_data: {
        dynamicVariables: {},
        type: 'conversation_initiation_client_data',
      },
    });
    expect(dial.json.success).toBe(true);
    expect([...(open.sandbox.journal.requests[0]?.ignored ?? [])].toSorted()).toEqual([
      'conversation_initiation_client_data.dynamicVariables',
      'conversation_initiation_client_data.type',
      'dynamic_variables',
      'phone_number_id',
    ]);
    await open.clock.advance(30_000);
    const conversation = await open.conversation(dial.json.conversation_id);
    expect(conversation.metadata.error.reason).toContain("{'customer_name'}");
  });

  it('lets a call die of a missing variable', async () => {
    open = await openSandbox();
    const { json } = await open.dial('+12125550142', withoutPlaceholders);
    expect(json.success).toBe(true);
    await open.clock.advance(30_000);
    const conversation = await open.conversation(json.conversation_id);
    const words = "Missing required dynamic variables in first message: {'customer_name'}";
    expect(conversation).toMatchObject({
      status: 'done',
      transcript: [],
      metadata: {
        call_duration_secs: 0,
        termination_reason: words,
        error: { code: 1008, reason: words },
        phone_call: { call_result: 'answered' },
      },
      analysis: { call_successful: 'success' },
    });
    const call = await open.twilio('GET', `/Calls/${json.callSid}.json`);
    expect(call.json).toMatchObject({ status: 'completed', duration: '1' });
  });

  it('lets a call die of a variable missing in the prompt', async () => {
    open = await openSandbox({
      state: (state) => ({
        ...state,
        agents: [
          {
            ...state.agents[0],
            agent_id: demo.agentId,
            name: 'A',
            tags: [],
            created_at_unix_secs: 0,
            updated_at_unix_secs: 0,
            platform_settings: {},
            conversation_config: {
              agent: { first_message: 'Hi', prompt: { prompt: 'Ask about {{ order }} and {{basket}}' } },
            },
          },
        ],
      }),
    });
    const { json } = await open.dial('+12125550142');
    await open.clock.advance(30_000);
    const { metadata } = await open.conversation(json.conversation_id);
    expect(metadata.error.reason).toBe("Missing required dynamic variables in prompt: {'basket', 'order'}");
  });

  it('lets a call die of a variable missing in a tool', async () => {
    open = await openSandbox();
    await open.request('PATCH', `/v1/convai/agents/${demo.agentId}`, {
      conversation_config: {
        agent: {
          prompt: {
            tools: [
              {
                type: 'webhook',
                name: 'look_up',
                api_schema: { url: 'https://shop.example.com/{{order_id}}' },
              },
            ],
          },
        },
      },
    });
    const { json } = await open.dial('+12125550142');
    await open.clock.advance(30_000);
    const { metadata } = await open.conversation(json.conversation_id);
    expect(metadata.error).toEqual({
      code: 1008,
      reason: "Missing required dynamic variables in tools: {'order_id'}",
    });
  });

  it('lets a call die of an override that is not allowed', async () => {
    open = await openSandbox();
    const { json } = await open.dial('+12125550142', {
      conversation_initiation_client_data: {
        conversation_config_override: { agent: { first_message: 'Hi.' } },
      },
    });
    expect(json.success).toBe(true);
    await open.clock.advance(30_000);
    const { metadata, transcript } = await open.conversation(json.conversation_id);
    expect(metadata.termination_reason).toBe("Override for field 'first_message' is not allowed by config.");
    expect(transcript).toEqual([]);
  });

  it('allows an override that the agent allows', async () => {
    open = await openSandbox();
    const agent = (await open.get(`/v1/convai/agents/${demo.agentId}`)).json;
    expect(agent.platform_settings.overrides.conversation_config_override.agent.first_message).toBe(false);
    await open.request('PATCH', `/v1/convai/agents/${demo.agentId}`, {
      platform_settings: { overrides: { conversation_config_override: { agent: { first_message: true } } } },
    });
    const { json } = await open.dial('+12125550142', {
      conversation_initiation_client_data: {
        conversation_config_override: { agent: { first_message: 'Good day, {{customer_name}}.' } },
        dynamic_variables: { customer_name: 'Mr Okafor' },
      },
    });
    await open.clock.advance(60_000);
    const { transcript } = await open.conversation(json.conversation_id);
    expect(transcript[0].message).toBe('Good day, Mr Okafor.');
  });

  it('speaks the variables of the call in the first message and after', async () => {
    open = await openSandbox();
    const { json } = await open.dial(
      '+12125550110',
      withVariables({ customer_name: 'Dr Vega', amount: 99.5, invoice_number: 'INV-77' }),
    );
    await open.clock.advance(60_000);
    const { transcript, conversation_initiation_client_data, analysis } = await open.conversation(
      json.conversation_id,
    );
    expect(transcript[0].message).toContain('Hello Dr Vega');
    expect(transcript[2].message).toContain('amount 99.5');
    expect(conversation_initiation_client_data.dynamic_variables).toMatchObject({
      customer_name: 'Dr Vega',
      company: 'Northwind Supplies',
      system__called_number: '+12125550110',
      system__call_sid: json.callSid,
    });
    expect(analysis.data_collection_results).toMatchObject({
      invoice_number: { value: 'INV-77' },
      confirmed: { value: true },
    });
  });

  it('refuses a call over the limit of the plan', async () => {
    open = await openSandbox();
    for (let call = 0; call < 10; call++) expect((await open.dial('+12125550142')).status).toBe(200);
    const refused = await open.dial('+12125550142');
    expect(refused.status).toBe(429);
    expect(refused.json.detail).toMatchObject({
      type: 'rate_limit_error',
      code: 'concurrent_limit_exceeded',
      status: 'too_many_concurrent_requests',
    });
    expect(refused.headers.get('maximum-concurrent-requests')).toBe('10');
    expect(open.sandbox.journal.rings).toHaveLength(10);
    await open.clock.advance(60_000);
    expect((await open.dial('+12125550142')).status).toBe(200);
  });

  it('marks calls in a burst', async () => {
    open = await openSandbox({
      state: (state) => ({ ...state, account: { ...state.account, plan: 'free' } }),
    });
    await open.request('PATCH', `/v1/convai/agents/${demo.agentId}`, {
      platform_settings: { call_limits: { bursting_enabled: true } },
    });
    const ids: string[] = [];
    for (let call = 0; call < 12; call++) ids.push((await open.dial('+12125550142')).json.conversation_id);
    expect((await open.dial('+12125550142')).status).toBe(429);
    expect((await open.conversation(ids[3] ?? '')).metadata.charging.is_burst).toBe(false);
    expect((await open.conversation(ids[4] ?? '')).metadata.charging.is_burst).toBe(true);
  });

  it('fails a conversation over the daily limit', async () => {
    open = await openSandbox();
    await open.request('PATCH', `/v1/convai/agents/${demo.agentId}`, {
      platform_settings: { call_limits: { daily_limit: 1 } },
    });
    await open.dial('+12125550142');
    const { json } = await open.dial('+12125550142');
    await open.clock.advance(30_000);
    expect(await open.conversation(json.conversation_id)).toMatchObject({
      status: 'failed',
      metadata: { error: { code: 4300, reason: 'Agent has exceeded its daily call limit of 1.' } },
    });
  });

  it('refuses a call without credit', async () => {
    open = await openSandbox({
      state: (state) => ({ ...state, account: { ...state.account, characters_used: 100_000 } }),
    });
    const refused = await open.dial('+12125550142');
    expect(refused.status).toBe(402);
    expect(refused.json.detail).toMatchObject({ code: 'insufficient_credits', status: 'quota_exceeded' });
  });

  it('runs out of credit in mid-call', async () => {
    open = await openSandbox({
      state: (state) => ({ ...state, account: { ...state.account, characters_used: 100_000 - 60 } }),
    });
    const { json } = await open.dial('+12125550142');
    await open.clock.advance(60_000);
    expect(await open.conversation(json.conversation_id)).toMatchObject({
      status: 'failed',
      metadata: { error: { code: 1002 }, call_duration_secs: 5 },
    });
    const { subscription } = (await open.get('/v1/user')).json;
    expect(subscription.character_count).toBeLessThanOrEqual(subscription.character_limit);
  });
});
