import { afterEach, describe, expect, it } from 'vitest';
import { TransportError } from '../../src/kernel/fetch.ts';
import { demo } from '../../src/sandbox/index.ts';
import { postCallWebhook } from '../../src/wire/elevenlabs/post-call-webhook.ts';
import { verifyElevenLabs } from '../../src/wire/elevenlabs/signature.ts';
import { type Json, type OpenSandbox, openSandbox } from '../fixtures/open-sandbox.ts';

let open: OpenSandbox;
afterEach(() => open.close());

const MINUTE_MS = 60_000;

/** Attaches a webhook to the workspace, and returns its secret. */
async function attach(
  events: readonly string[],
  more: Record<string, unknown> = {},
  retry = false,
): Promise<string> {
  const { json } = await open.request('POST', '/v1/workspace/webhooks', {
    settings: { auth_type: 'hmac', name: 'donna', webhook_url: 'https://example.com/hook' },
  });
  await open.request('PATCH', `/v1/workspace/webhooks/${json.webhook_id}`, {
    name: 'donna',
    is_disabled: false,
    retry_enabled: retry,
  });
  await open.request('PATCH', '/v1/convai/settings', {
    webhooks: { post_call_webhook_id: json.webhook_id, events, ...more },
  });
  return json.webhook_secret;
}

const types = () => open.webhooks().map((one) => one.type);
const webhook = async (): Promise<Json> => (await open.get('/v1/workspace/webhooks')).json.webhooks[0];

describe('a webhook', () => {
  it('signs webhooks', async () => {
    open = await openSandbox();
    const secret = await attach(['transcript']);
    const { json } = await open.dial('+12125550142');
    await open.clock.advance(MINUTE_MS);
    const [sent] = open.received;
    const verdict = verifyElevenLabs({
      rawBody: String(sent?.body),
      header: sent?.headers?.['elevenlabs-signature'],
      secret,
      nowMs: open.clock.now(),
    });
    expect(verdict.kind).toBe('valid');
    const body = postCallWebhook.parse(open.webhooks()[0]);
    expect(body).toMatchObject({
      type: 'post_call_transcription',
      data: { conversation_id: json.conversation_id },
    });
    // The conversation as it is read, to the letter.
    expect(open.webhooks()[0].data).toEqual(await open.conversation(json.conversation_id));
    expect(open.sandbox.journal.webhooks).toMatchObject([
      { type: 'post_call_transcription', attempt: 1, outcome: 200 },
    ]);
    expect(JSON.stringify(open.sandbox.journal)).not.toContain(secret);
  });

  it('sends the events that are attached', async () => {
    open = await openSandbox();
    await open.dial('+12125550110');
    await open.clock.advance(MINUTE_MS);
    expect(types()).toEqual([]);
    await attach(['transcript', 'audio', 'call_initiation_failure']);
    await open.dial('+12125550110');
    await open.clock.advance(MINUTE_MS);
    await open.dial('+12125550130');
    await open.clock.advance(MINUTE_MS);
    expect(types()).toEqual(['post_call_transcription', 'post_call_audio', 'call_initiation_failure']);
    await attach(['transcript'], { transcript_format: 'opentelemetry' });
    await open.dial('+12125550110');
    await open.clock.advance(MINUTE_MS);
    expect(types().at(-1)).toBe('post_call_transcription_otel');
  });

  it('obeys the agent before the workspace', async () => {
    open = await openSandbox();
    await attach(['call_initiation_failure']);
    const { webhook_id } = await webhook();
    await open.request('PATCH', `/v1/convai/agents/${demo.agentId}`, {
      platform_settings: {
        workspace_overrides: { webhooks: { post_call_webhook_id: webhook_id, events: ['transcript'] } },
      },
    });
    await open.dial('+12125550110');
    await open.dial('+12125550130');
    await open.clock.advance(MINUTE_MS);
    expect(types()).toEqual(['post_call_transcription']);
  });

  it('sends the recording by webhook', async () => {
    open = await openSandbox();
    await attach(['audio']);
    const { json } = await open.dial('+12125550110');
    await open.clock.advance(MINUTE_MS);
    const { data } = open.webhooks()[0];
    const audio = await fetch(`${open.url}/v1/convai/conversations/${json.conversation_id}/audio`, {
      headers: { 'xi-api-key': demo.apiKey },
    });
    expect(data.full_audio).toBe(Buffer.from(await audio.arrayBuffer()).toString('base64'));
  });

  it('tells a failed dial by webhook', async () => {
    open = await openSandbox();
    await attach(['call_initiation_failure']);
    const busy = await open.dial('+12125550130');
    const unanswered = await open.dialSip('+12125550131', {
      telephony_call_config: { ringing_timeout_secs: 20 },
    });
    await open.clock.advance(MINUTE_MS);
    const [twilio, sip] = open.webhooks();
    expect(twilio.data).toMatchObject({
      conversation_id: busy.json.conversation_id,
      failure_reason: 'busy',
      metadata: {
        type: 'twilio',
        body: {
          CallSid: busy.json.callSid,
          CallStatus: 'busy',
          SipResponseCode: '486',
          Duration: '0',
          Direction: 'outbound-api',
        },
      },
    });
    expect(Object.values(twilio.data.metadata.body).every((value) => typeof value === 'string')).toBe(true);
    expect(sip.data).toMatchObject({
      conversation_id: unanswered.json.conversation_id,
      failure_reason: 'no-answer',
      metadata: { type: 'sip', body: { sip_status_code: 487, error_reason: 'request timed out' } },
    });
    for (const one of open.webhooks()) expect(postCallWebhook.safeParse(one).success).toBe(true);
  });

  it('tells no failure when voicemail answers', async () => {
    open = await openSandbox();
    await attach(['call_initiation_failure']);
    await open.dial('+12125550120');
    await open.dial('+12125550122');
    await open.clock.advance(MINUTE_MS);
    expect(types()).toEqual([]);
  });

  it('tells the verdict on a machine by webhook', async () => {
    open = await openSandbox();
    await attach(['answering_machine_detection']);
    await open.dial('+12125550120');
    await open.dial('+12125550120', {
      telephony_call_config: { twilio_machine_detection: { mode: 'enable' } },
    });
    await open.clock.advance(MINUTE_MS);
    expect(open.webhooks()).toMatchObject([
      { type: 'answering_machine_detection', data: { answered_by: 'machine_start' } },
    ]);
  });

  it('retries a transcript when that is asked for', async () => {
    open = await openSandbox({ receiver: () => ({ status: 503 }) });
    await attach(['transcript', 'audio'], {}, true);
    await open.dial('+12125550110');
    await open.clock.advance(60 * MINUTE_MS);
    const transcripts = open.sandbox.journal.webhooks.filter((one) => one.type === 'post_call_transcription');
    const [first] = transcripts;
    const after = transcripts.map((one) =>
      Math.round((Date.parse(one.at) - Date.parse(first?.at ?? '')) / 1000),
    );
    expect(after).toEqual([0, 30, 150, 630, 2430]);
    expect(types().filter((type) => type === 'post_call_audio')).toHaveLength(1);
    const bodies = open.received
      .filter((one) => String(one.body).includes('"post_call_transcription"'))
      .map((one) => one.body);
    expect(new Set(bodies).size).toBe(1);
    expect(await webhook()).toMatchObject({ most_recent_failure_error_code: 503 });
    expect(open.sandbox.state.deliveries).toEqual([]);
  });

  it('does not retry by itself, nor after an answer that says no', async () => {
    open = await openSandbox({ receiver: () => ({ status: 503 }) });
    await attach(['transcript']);
    await open.dial('+12125550110');
    await open.clock.advance(60 * MINUTE_MS);
    expect(open.received).toHaveLength(1);
    await open.close();
    open = await openSandbox({ receiver: () => ({ status: 404 }) });
    await attach(['transcript'], {}, true);
    await open.dial('+12125550110');
    await open.clock.advance(60 * MINUTE_MS);
    expect(open.received).toHaveLength(1);
  });

  it('retries after a timeout and not after a refused connection', async () => {
    let kind: TransportError['kind'] = 'timeout';
    open = await openSandbox({
      receiver: () => {
        throw new TransportError(kind, true, 'no reply');
      },
    });
    await attach(['transcript'], {}, true);
    await open.dial('+12125550110');
    await open.clock.advance(5 * MINUTE_MS);
    expect(open.sandbox.journal.webhooks.map((one) => one.outcome)).toEqual([
      'timeout',
      'timeout',
      'timeout',
    ]);
    kind = 'refused';
    await open.clock.advance(60 * MINUTE_MS);
    expect(open.sandbox.journal.webhooks).toHaveLength(4);
  });

  it('switches a failing webhook off', async () => {
    open = await openSandbox({ receiver: () => ({ status: 500 }) });
    await attach(['transcript']);
    for (let call = 0; call < 11; call++) {
      await open.dial('+12125550110');
      await open.clock.advance(MINUTE_MS);
    }
    expect(open.received).toHaveLength(10);
    expect(await webhook()).toMatchObject({ is_auto_disabled: true, is_disabled: false });
  });

  it('is sent by a later process when this one ended before', async () => {
    open = await openSandbox();
    await attach(['transcript']);
    await open.dial('+12125550110');
    await open.clock.advance(1_000);
    await open.close();
    const saved = JSON.parse(JSON.stringify(open.sandbox.state));
    await open.clock.advance(MINUTE_MS);
    expect(types()).toEqual([]);
    open = await openSandbox({ state: () => saved });
    await open.clock.advance(MINUTE_MS);
    expect(types()).toEqual(['post_call_transcription']);
  });

  it('can be lost, doubled, late and out of order', async () => {
    open = await openSandbox();
    await attach(['transcript', 'audio']);
    const strike = async (
      rule: Parameters<OpenSandbox['sandbox']['faults']['add']>[0],
      advanceMs = MINUTE_MS,
    ) => {
      open.received.length = 0;
      open.sandbox.faults.add(rule);
      await open.dial('+12125550110');
      await open.clock.advance(advanceMs);
      return types();
    };
    const [transcript, audio] = ['post_call_transcription', 'post_call_audio'];
    expect(await strike({ operation: transcript, fault: { kind: 'webhook-lost' } })).toEqual([audio]);
    expect(await strike({ operation: transcript, fault: { kind: 'webhook-doubled' } })).toEqual([
      transcript,
      transcript,
      audio,
    ]);
    expect(await strike({ operation: transcript, fault: { kind: 'webhook-out-of-order' } })).toEqual([
      audio,
      transcript,
    ]);
    expect(
      await strike({ operation: transcript, fault: { kind: 'webhook-late', ms: 3 * MINUTE_MS } }),
    ).toEqual([audio]);
    await open.clock.advance(3 * MINUTE_MS);
    expect(types()).toEqual([audio, transcript]);
  });
});
