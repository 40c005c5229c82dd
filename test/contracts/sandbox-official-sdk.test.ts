import { ElevenLabsClient } from '@elevenlabs/elevenlabs-js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demo } from '../../src/sandbox/index.ts';
import { type OpenSandbox, openSandbox } from '../fixtures/open-sandbox.ts';

let open: OpenSandbox;
let client: ElevenLabsClient;
beforeEach(async () => {
  open = await openSandbox();
  client = new ElevenLabsClient({ apiKey: demo.apiKey, baseUrl: open.url, maxRetries: 0 });
});
afterEach(() => open.close());

const dial = { agentId: demo.agentId, agentPhoneNumberId: demo.twilioLineId, toNumber: '+12125550110' };

describe('the official ElevenLabs client', () => {
  it('places a Twilio call with variables and reads how it went', async () => {
    const placed = await client.conversationalAi.twilio.outboundCall({
      ...dial,
      conversationInitiationClientData: { userId: 'att_1', dynamicVariables: { customer_name: 'Dr Vega' } },
      telephonyCallConfig: { ringingTimeoutSecs: 30 },
    });
    expect(placed).toMatchObject({ success: true, callSid: expect.stringMatching(/^CA/) });
    const id = placed.conversationId ?? '';
    await open.clock.advance(5_000);
    expect((await client.conversationalAi.conversations.get(id)).status).toBe('in-progress');
    await open.clock.advance(60_000);
    const conversation = await client.conversationalAi.conversations.get(id);
    expect(conversation.status).toBe('done');
    expect(conversation.transcript[0]?.message).toContain('Hello Dr Vega');
    expect(conversation.metadata.phoneCall).toMatchObject({ type: 'twilio', callSid: placed.callSid });
    expect(conversation.analysis?.callSuccessful).toBe('success');
    const listed = await client.conversationalAi.conversations.list({ userId: 'att_1' });
    expect(listed.conversations.map((one) => one.conversationId)).toEqual([id]);
  });

  it('places a SIP call and is told the words of a refusal', async () => {
    const sip = { ...dial, agentPhoneNumberId: demo.sipLineId };
    const placed = await client.conversationalAi.sipTrunk.outboundCall(sip);
    expect(placed).toMatchObject({ success: true, sipCallId: expect.any(String) });
    const refused = await client.conversationalAi.sipTrunk.outboundCall({ ...sip, toNumber: '+12125550152' });
    expect(refused).toMatchObject({ success: false, message: expect.stringContaining('SIP 404') });
  });

  it('lists agents and lines', async () => {
    const { agents } = await client.conversationalAi.agents.list();
    expect(agents.map((agent) => agent.name)).toEqual(['Donna', 'Donna (no placeholders)']);
    const lines = await client.conversationalAi.phoneNumbers.list();
    expect(lines.map((line) => [line.provider, line.phoneNumber])).toEqual([
      ['twilio', demo.twilioNumber],
      ['sip_trunk', demo.sipNumber],
    ]);
    const agent = await client.conversationalAi.agents.get(demo.agentId);
    expect(agent.conversationConfig.agent?.firstMessage).toContain('{{customer_name}}');
    expect((await client.user.get()).subscription.tier).toBe('creator');
    expect((await client.conversationalAi.analytics.liveCount.get()).count).toBe(0);
  });

  it('reads and changes everything else that the sandbox has', async () => {
    const { conversationalAi: ai } = client;
    const { agentId } = await ai.agents.create({
      name: 'Third',
      conversationConfig: { agent: { firstMessage: 'Hello' } },
    });
    expect((await ai.agents.update(agentId, { name: 'Renamed' })).name).toBe('Renamed');
    const { phoneNumberId } = await ai.phoneNumbers.create({
      provider: 'sip_trunk',
      phoneNumber: '+12125550103',
      label: 'Trunk',
      outboundTrunkConfig: { address: 'sip.example.com' },
      inboundTrunkConfig: {},
    });
    expect((await ai.phoneNumbers.get(phoneNumberId)).label).toBe('Trunk');
    expect((await ai.phoneNumbers.update(phoneNumberId, { agentId })).assignedAgent?.agentId).toBe(agentId);
    expect((await client.user.subscription.get()).hasOpenInvoices).toBe(false);
    expect((await ai.settings.get()).defaultLivekitStack).toBe('standard');
    const { webhookId } = await client.webhooks.create({
      settings: { authType: 'hmac', name: 'donna', webhookUrl: 'https://example.com/hook' },
    });
    await client.webhooks.update(webhookId, { name: 'donna', isDisabled: true });
    expect((await client.webhooks.list()).webhooks).toMatchObject([{ webhookId, isDisabled: true }]);
    for (const toNumber of ['+12125550120', '+12125550131', '+12125550141']) {
      await ai.sipTrunk.outboundCall({ ...dial, agentPhoneNumberId: demo.sipLineId, toNumber });
    }
    await open.clock.advance(120_000);
    const { conversations } = await ai.conversations.list({ summaryMode: 'include' });
    expect(conversations).toHaveLength(3);
    for (const { conversationId } of conversations) {
      expect((await ai.conversations.get(conversationId)).metadata.phoneCall?.type).toBe('sip_trunking');
      await ai.conversations.delete(conversationId);
    }
  });

  it('reads the recording', async () => {
    const placed = await client.conversationalAi.twilio.outboundCall(dial);
    await open.clock.advance(60_000);
    const audio = await client.conversationalAi.conversations.audio.get(placed.conversationId ?? '');
    let bytes = 0;
    for await (const chunk of audio) bytes += chunk.length;
    expect(bytes).toBeGreaterThan(40_000);
  });

  it('verifies the signature of our webhook', async () => {
    const made = await client.webhooks.create({
      settings: { authType: 'hmac', name: 'donna', webhookUrl: 'https://example.com/hook' },
    });
    await client.conversationalAi.settings.update({
      webhooks: { postCallWebhookId: made.webhookId, events: ['transcript'] },
    });
    await client.conversationalAi.twilio.outboundCall(dial);
    // The client compares with the real time, so the call is read as one of today.
    open.clock.jump(Date.now() - open.clock.now() - 30_000);
    await open.clock.advance(60_000);
    const [sent] = open.received;
    const body = String(sent?.body);
    const header = sent?.headers?.['elevenlabs-signature'] ?? '';
    const secret = made.webhookSecret ?? '';
    const event = await client.webhooks.constructEvent(body, header, secret);
    expect(event.type).toBe('post_call_transcription');
    await expect(client.webhooks.constructEvent(`${body} `, header, secret)).rejects.toThrow(
      'does not match',
    );
  });

  it('reads the errors as errors', async () => {
    await expect(client.conversationalAi.agents.get('agent_none')).rejects.toMatchObject({ statusCode: 404 });
    const stranger = new ElevenLabsClient({ apiKey: 'wrong', baseUrl: open.url, maxRetries: 0 });
    await expect(stranger.conversationalAi.agents.list()).rejects.toMatchObject({ statusCode: 401 });
    await expect(
      client.conversationalAi.twilio.outboundCall({ ...dial, agentPhoneNumberId: demo.sipLineId }),
    ).rejects.toMatchObject({ statusCode: 400, body: { detail: { status: 'invalid_provider_config' } } });
  });

  it('dials again after a 503 that came when the call was placed: the trap that Donna avoids', async () => {
    open.sandbox.faults.add({
      operation: 'dialTwilio',
      fault: { kind: 'status', status: 503, when: 'after', headers: { 'retry-after': '0' } },
    });
    const retrying = new ElevenLabsClient({ apiKey: demo.apiKey, baseUrl: open.url });
    await retrying.conversationalAi.twilio.outboundCall(dial, { maxRetries: 1 });
    expect(open.sandbox.journal.rings).toHaveLength(2);
  });
});
