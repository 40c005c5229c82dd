import { afterEach, describe, expect, it } from 'vitest';
import { demo } from '../../src/sandbox/index.ts';
import { type Json, type OpenSandbox, openSandbox } from '../fixtures/open-sandbox.ts';

let open: OpenSandbox;
afterEach(() => open.close());

describe('a resource', () => {
  it('lists phone numbers without pages', async () => {
    open = await openSandbox();
    const { json } = await open.get('/v1/convai/phone-numbers');
    expect(json).toMatchObject([
      { phone_number_id: demo.twilioLineId, provider: 'twilio', assigned_agent: { agent_id: demo.agentId } },
      {
        phone_number_id: demo.sipLineId,
        provider: 'sip_trunk',
        assigned_agent: null,
        livekit_stack: 'standard',
      },
    ]);
  });

  it('pages lists with a cursor', async () => {
    open = await openSandbox();
    for (const number of ['+12125550110', '+12125550111', '+12125550112']) {
      await open.dial(number);
      await open.clock.advance(1000);
    }
    const seen: string[] = [];
    let query = '?page_size=2';
    for (;;) {
      const { json } = await open.get(`/v1/convai/conversations${query}`);
      seen.push(...json.conversations.map((one: Json) => one.conversation_id));
      if (!json.has_more) break;
      query = `?page_size=2&cursor=${json.next_cursor}`;
    }
    const newestFirst = open.sandbox.state.calls.map((one) => one.conversation_id).toReversed();
    expect(seen).toEqual(newestFirst);
    expect((await open.get('/v1/convai/conversations?cursor=bm9uZQ')).status).toBe(400);
    expect((await open.get('/v1/convai/conversations?page_size=0')).status).toBe(422);
  });

  it('lists agents with a voice_id', async () => {
    open = await openSandbox();
    const { json } = await open.get('/v1/convai/agents?search=no%20placeholders');
    expect(json.agents).toHaveLength(1);
    expect(json.agents[0]).toMatchObject({
      agent_id: demo.agentWithoutPlaceholdersId,
      voice_id: expect.any(String),
    });
  });

  it('finds a conversation by user_id and never by number', async () => {
    open = await openSandbox();
    const mine = await open.dial('+12125550110', {
      conversation_initiation_client_data: { user_id: 'att_mine' },
    });
    await open.dial('+12125550110', { conversation_initiation_client_data: { user_id: 'att_other' } });
    const { json } = await open.get('/v1/convai/conversations?user_id=att_mine&to_number=%2B12125550111');
    expect(json.conversations.map((one: Json) => one.conversation_id)).toEqual([mine.json.conversation_id]);
    expect(JSON.stringify(json)).not.toMatch(/\+1212|CA[0-9a-f]{32}|att_mine/);
    expect(open.sandbox.journal.requests.at(-1)?.ignored).toEqual(['to_number']);
  });

  it('filters conversations', async () => {
    open = await openSandbox();
    await open.dial('+12125550110');
    await open.dial('+12125550111');
    await open.dial('+12125550130');
    await open.clock.advance(60_000);
    const count = async (query: string) =>
      (await open.get(`/v1/convai/conversations?${query}`)).json.conversations.length;
    expect(await count('call_successful=success')).toBe(1);
    expect(await count('call_successful=failure')).toBe(1);
    expect(await count('exclude_statuses=failed')).toBe(2);
    expect(await count('exclude_statuses=failed&exclude_statuses=done')).toBe(0);
    expect(await count('call_duration_min_secs=1')).toBe(2);
    expect(await count('search=did%20not%20send')).toBe(1);
    expect(await count('tool_names=end_call')).toBe(2);
    expect(await count('call_start_after_unix=9999999999')).toBe(0);
    expect(await count('rating_min=3')).toBe(0);
    const oldest = (await open.get('/v1/convai/conversations?sort_direction=asc')).json.conversations[0];
    expect(oldest.conversation_id).toBe(open.sandbox.state.calls[0]?.conversation_id);
  });

  it('tells plan and credits and no concurrency limit', async () => {
    open = await openSandbox();
    const { json } = await open.get('/v1/user');
    expect(json.subscription).toMatchObject({ tier: 'creator', status: 'active', character_limit: 100_000 });
    const used = json.subscription.character_count;
    await open.dial('+12125550142');
    await open.clock.advance(60_000);
    const after = (await open.get('/v1/user/subscription')).json;
    expect(after.character_count).toBeGreaterThan(used);
    expect(JSON.stringify([json, after])).not.toMatch(/concurren/i);
  });

  it('creates, reads and changes agents and lines', async () => {
    open = await openSandbox();
    const created = await open.request('POST', '/v1/convai/agents/create', {
      name: 'Second',
      conversation_config: { agent: { first_message: 'Hello {{who}}', prompt: { prompt: 'Ask.' } } },
    });
    const path = `/v1/convai/agents/${created.json.agent_id}`;
    expect((await open.get(path)).json).toMatchObject({
      name: 'Second',
      conversation_config: {
        agent: { first_message: 'Hello {{who}}', language: 'en' },
        conversation: { max_duration_seconds: 600 },
      },
      platform_settings: { call_limits: { bursting_enabled: true } },
    });
    const changed = await open.request('PATCH', path, { conversation_config: { agent: { language: 'es' } } });
    expect(changed.json.conversation_config.agent).toMatchObject({
      first_message: 'Hello {{who}}',
      language: 'es',
    });

    const line = await open.request('POST', '/v1/convai/phone-numbers', {
      provider: 'sip_trunk',
      phone_number: '+12125550102',
      label: 'New trunk',
      outbound_trunk_config: {
        address: 'sip.example.com',
        credentials: { username: 'donna', password: 'hush-hush' },
      },
    });
    const linePath = `/v1/convai/phone-numbers/${line.json.phone_number_id}`;
    const patched = await open.request('PATCH', linePath, {
      agent_id: created.json.agent_id,
      label: 'Trunk',
    });
    expect(patched.json).toMatchObject({
      label: 'Trunk',
      assigned_agent: { agent_id: created.json.agent_id, agent_name: 'Second' },
      outbound_trunk: { has_auth_credentials: true, username: 'donna' },
    });
    expect((await open.request('PATCH', linePath, { agent_id: null })).json.assigned_agent).toBeNull();
    expect(JSON.stringify([open.sandbox.state, open.sandbox.journal])).not.toContain('hush-hush');
  });

  it('imports a Twilio number that its credentials own', async () => {
    open = await openSandbox();
    const twilio = {
      provider: 'twilio',
      phone_number: demo.twilioNumber,
      label: 'Mine',
      sid: demo.twilioSid,
    };
    expect(
      (await open.request('POST', '/v1/convai/phone-numbers', { ...twilio, token: 'wrong' })).status,
    ).toBe(400);
    expect(
      (await open.request('POST', '/v1/convai/phone-numbers', { ...twilio, token: demo.twilioToken })).json,
    ).toEqual({
      phone_number_id: expect.stringMatching(/^phnum_/),
    });
  });

  it('shows the secret of a webhook once', async () => {
    open = await openSandbox();
    const created = await open.request('POST', '/v1/workspace/webhooks', {
      settings: { auth_type: 'hmac', name: 'donna', webhook_url: 'https://example.com/hook' },
    });
    expect(created.json.webhook_secret).toMatch(/^wsec_/);
    const id = created.json.webhook_id;
    await open.request('PATCH', `/v1/workspace/webhooks/${id}`, {
      name: 'donna',
      is_disabled: false,
      retry_enabled: true,
    });
    await open.request('PATCH', '/v1/convai/settings', {
      webhooks: { post_call_webhook_id: id, events: ['transcript'] },
    });
    const listed = await open.get('/v1/workspace/webhooks?include_usages=true');
    expect(listed.json.webhooks).toMatchObject([
      { webhook_id: id, auth_type: 'hmac', usage: [{ usage_type: 'ConvAI Settings' }] },
    ]);
    expect(JSON.stringify(listed.json)).not.toContain('wsec_');
    expect((await open.get('/v1/convai/settings')).json.webhooks).toMatchObject({ post_call_webhook_id: id });
    expect(
      (await open.request('PATCH', '/v1/convai/settings', { webhooks: { post_call_webhook_id: 'no' } }))
        .status,
    ).toBe(404);
  });

  it('forgets a conversation that is deleted, and Twilio does not', async () => {
    open = await openSandbox();
    const { json } = await open.dial('+12125550110');
    await open.clock.advance(60_000);
    const path = `/v1/convai/conversations/${json.conversation_id}`;
    expect((await open.request('DELETE', path)).status).toBe(200);
    expect((await open.get(path)).status).toBe(404);
    expect((await open.request('DELETE', path)).status).toBe(404);
    expect((await open.twilio('GET', `/Calls/${json.callSid}.json`)).status).toBe(200);
  });

  it('describes itself as OpenAPI 3.1', async () => {
    open = await openSandbox();
    const { json } = await open.request('GET', '/openapi.json', undefined, {});
    expect(json.openapi).toBe('3.1.0');
    expect(json.servers).toEqual([{ url: open.url }]);
    const dial = json.paths['/v1/convai/twilio/outbound-call'].post;
    expect(dial.requestBody.content['application/json'].schema.required).toEqual([
      'agent_id',
      'agent_phone_number_id',
      'to_number',
    ]);
    expect(JSON.stringify(json)).not.toContain('"additionalProperties":false');
    expect(Object.keys(json.paths).some((path) => path.startsWith('/2010'))).toBe(false);
  });
});
