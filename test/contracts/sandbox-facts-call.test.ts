import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { demo } from '../../src/sandbox/index.ts';
import { type OpenSandbox, openSandbox } from '../fixtures/open-sandbox.ts';

let open: OpenSandbox;
afterEach(() => open.close());

async function ended(number: string, dial: 'dial' | 'dialSip' = 'dial') {
  open = await openSandbox();
  const { json } = await open[dial](number);
  await open.clock.advance(700_000);
  return open.conversation(json.conversation_id);
}

describe('a call', () => {
  it('moves a conversation through its states', async () => {
    open = await openSandbox();
    const { json } = await open.dial('+12125550142');
    const states: string[] = [];
    const carrierStates: string[] = [];
    for (let step = 0; step < 120; step++) {
      const { status } = await open.conversation(json.conversation_id);
      const call = await open.twilio('GET', `/Calls/${json.callSid}.json`);
      if (states.at(-1) !== status) states.push(status);
      if (carrierStates.at(-1) !== call.json.status) carrierStates.push(call.json.status);
      await open.clock.advance(250);
    }
    expect(states).toEqual(['initiated', 'in-progress', 'processing', 'done']);
    expect(carrierStates).toEqual(['queued', 'ringing', 'in-progress', 'completed']);
  });

  it('tells nothing of what is said before the end', async () => {
    open = await openSandbox();
    const { json } = await open.dial('+12125550142', {
      conversation_initiation_client_data: { user_id: 'att_1' },
    });
    await open.clock.advance(10_000);
    const running = await open.conversation(json.conversation_id);
    expect(running).toMatchObject({
      status: 'in-progress',
      transcript: [],
      analysis: null,
      has_audio: false,
      metadata: { call_duration_secs: 0, termination_reason: '', error: null },
    });
    const { conversations } = (await open.get('/v1/convai/conversations')).json;
    expect(conversations[0]).toMatchObject({
      message_count: 0,
      call_duration_secs: 0,
      call_successful: 'unknown',
    });
    await open.clock.advance(60_000);
    const over = await open.conversation(json.conversation_id);
    expect(over.transcript.length).toBeGreaterThan(3);
    expect(over.metadata.call_duration_secs).toBeGreaterThanOrEqual(12);
    expect(over.metadata.call_duration_secs).toBeLessThanOrEqual(25);
    const listed = (await open.get('/v1/convai/conversations')).json.conversations[0];
    expect(listed.message_count).toBe(over.transcript.length);
  });

  it('times out when nobody answers', async () => {
    open = await openSandbox();
    const { json } = await open.dial('+12125550131', { telephony_call_config: { ringing_timeout_secs: 15 } });
    await open.clock.advance(14_000);
    expect((await open.conversation(json.conversation_id)).status).toBe('initiated');
    await open.clock.advance(2_000);
    expect(await open.conversation(json.conversation_id)).toMatchObject({
      status: 'failed',
      metadata: { error: { code: 1011, reason: 'request timed out', error_type: 'no_answer' } },
    });
    expect((await open.twilio('GET', `/Calls/${json.callSid}.json`)).json).toMatchObject({
      status: 'no-answer',
      duration: '0',
    });
  });

  it('is busy on a SIP trunk', async () => {
    const { status, metadata } = await ended('+12125550130', 'dialSip');
    expect(status).toBe('failed');
    expect(metadata.error).toEqual({
      code: 486,
      reason: 'INVITE failed: sip status: 486: Busy here (SIP 486)',
    });
  });

  it('is busy or declined on a Twilio line', async () => {
    const busy = await ended('+12125550130');
    expect(busy).toMatchObject({
      status: 'failed',
      metadata: { phone_call: { call_result: 'busy' }, error: { code: 1011 } },
    });
    expect(busy.metadata.error.reason).toContain('SIP 486');
    await open.close();
    const declined = await ended('+12125550132');
    expect(declined.metadata.error.reason).toContain('SIP 603');
  });

  it('tells how a conversation ended', async () => {
    const reasons: Record<string, string> = {
      '+12125550110': 'end_call tool was called.',
      '+12125550111': 'end_call tool was called.',
      '+12125550120': 'voicemail_detection tool was called.',
      '+12125550133': 'Call ended by remote party',
      '+12125550134': 'Ending conversation after 20 seconds of silence.',
    };
    for (const [number, reason] of Object.entries(reasons)) {
      const conversation = await ended(number);
      expect([number, conversation.metadata.termination_reason]).toEqual([number, reason]);
      expect(conversation.status).toBe('done');
      await open.close();
    }
  });

  it('tells the result of a call', async () => {
    const results: Record<string, string> = {
      '+12125550110': 'answered',
      '+12125550120': 'voicemail',
      '+12125550130': 'busy',
      '+12125550131': 'no_answer',
    };
    for (const [number, result] of Object.entries(results)) {
      const conversation = await ended(number);
      expect([number, conversation.metadata.phone_call.call_result]).toEqual([number, result]);
      await open.close();
    }
    open = await openSandbox();
    const { json } = await open.dial('+12125550110');
    expect((await open.conversation(json.conversation_id)).metadata.phone_call).not.toHaveProperty(
      'call_result',
    );
  });

  it('cuts the sentence in which the callee hangs up', async () => {
    const { transcript } = await ended('+12125550133');
    expect(transcript).toHaveLength(1);
    expect(transcript[0].interrupted).toBe(true);
    expect(transcript[0].message).toMatch(/…$/);
    expect(transcript[0].original_message).toContain(transcript[0].message.slice(0, -1));
  });

  it('names a SIP call sip_trunking', async () => {
    const { metadata } = await ended('+12125550142', 'dialSip');
    expect(metadata.phone_call).toMatchObject({ type: 'sip_trunking', agent_number: demo.sipNumber });
    expect(metadata.phone_call).not.toHaveProperty('stream_sid');
    const lines = (await open.get('/v1/convai/phone-numbers?provider=sip_trunk')).json;
    expect(lines.map((line: { provider: string }) => line.provider)).toEqual(['sip_trunk']);
  });

  it('lists the SIP messages of a call', async () => {
    const { conversation_id } = await ended('+12125550142', 'dialSip');
    const first = (await open.get(`/v1/convai/conversations/${conversation_id}/sip-messages?page_size=2`))
      .json;
    expect(first).toMatchObject({ has_more: true, next_cursor: expect.any(String) });
    const rest = (
      await open.get(`/v1/convai/conversations/${conversation_id}/sip-messages?cursor=${first.next_cursor}`)
    ).json;
    const lines = [...first.sip_messages, ...rest.sip_messages].map((one) =>
      one.raw_message.split(' ').slice(0, 2).join(' '),
    );
    expect(lines).toEqual([
      'INVITE sip:+12125550142@sip.example.com',
      'SIP/2.0 100',
      'SIP/2.0 180',
      'SIP/2.0 200',
      'BYE sip:+12125550142@sip.example.com',
    ]);
  });

  it('plays a recording that says it is simulated', async () => {
    const { conversation_id, metadata, has_audio } = await ended('+12125550142');
    expect(has_audio).toBe(true);
    const reply = await fetch(`${open.url}/v1/convai/conversations/${conversation_id}/audio`, {
      headers: { 'xi-api-key': demo.apiKey },
    });
    expect(reply.headers.get('content-type')).toBe('audio/mpeg');
    const bytes = new Uint8Array(await reply.arrayBuffer());
    expect(Buffer.from(bytes.subarray(0, 100)).toString('latin1')).toMatch(/^ID3.*Simulated/s);
    // 4,000 bytes a second.
    expect(Math.ceil((bytes.length - 200) / 4000)).toBe(metadata.call_duration_secs);
    const silent = await open.dial('+12125550130');
    await open.clock.advance(60_000);
    expect((await open.get(`/v1/convai/conversations/${silent.json.conversation_id}/audio`)).status).toBe(
      404,
    );
  });

  it('reads a conversation as traces', async () => {
    const { conversation_id, transcript } = await ended('+12125550142');
    const { json } = await open.get(`/v1/convai/conversations/${conversation_id}?format=opentelemetry`);
    expect(json.otlp_traces.resourceSpans[0].scopeSpans[0].spans).toHaveLength(transcript.length);
  });

  it('counts the running conversations', async () => {
    open = await openSandbox();
    await open.dial('+12125550142');
    await open.dial('+12125550130');
    const count = async (query = '') =>
      (await open.get(`/v1/convai/analytics/live-count${query}`)).json.count;
    expect(await count()).toBe(2);
    expect(await count('?agent_id=agent_other')).toBe(0);
    await open.clock.advance(3_000);
    expect(await count()).toBe(1);
    await open.clock.advance(60_000);
    expect(await count()).toBe(0);
  });

  it('finds a call where it would be when another process reads its state', async () => {
    open = await openSandbox();
    const { json } = await open.dial('+12125550142');
    await open.clock.advance(60_000);
    const before = await open.conversation(json.conversation_id);
    const saved = JSON.parse(JSON.stringify(open.sandbox.state));
    const later = await openSandbox({ state: () => saved });
    await later.clock.advance(60_000);
    expect(await later.conversation(json.conversation_id)).toEqual(before);
    await later.close();
  });

  it('opens the monitoring socket to enterprise alone', async () => {
    const status = (id: string) =>
      new Promise<number>((resolve) => {
        const socket = new WebSocket(
          `${open.url.replace('http', 'ws')}/v1/convai/conversations/${id}/monitor`,
          {
            headers: { 'xi-api-key': demo.apiKey },
          },
        );
        socket.once('unexpected-response', (_, reply) => resolve(reply.statusCode ?? 0));
        socket.once('open', () => {
          socket.terminate();
          resolve(101);
        });
        socket.on('error', () => undefined);
      });
    open = await openSandbox();
    const creator = await open.dial('+12125550142');
    expect(await status(creator.json.conversation_id)).toBe(403);
    expect(await status('conv_none')).toBe(404);
    await open.close();

    open = await openSandbox({
      state: (state) => ({ ...state, account: { ...state.account, plan: 'enterprise' } }),
    });
    const { json } = await open.dial('+12125550142');
    expect(await status(json.conversation_id)).toBe(409);
    await open.clock.advance(3_000);
    expect(await status(json.conversation_id)).toBe(101);

    const socket = new WebSocket(
      `${open.url.replace('http', 'ws')}/v1/convai/conversations/${json.conversation_id}/monitor`,
      {
        headers: { 'xi-api-key': demo.apiKey },
      },
    );
    const events: string[] = [];
    const first = new Promise<void>((resolve) => {
      socket.on('message', (data) => {
        events.push(JSON.parse(String(data)).type);
        if (events.length === 2) resolve();
      });
    });
    await new Promise((resolve) => socket.once('open', resolve));
    await open.clock.advance(10_000);
    await first;
    expect(events).toEqual(['agent_response', 'user_transcript']);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.send(JSON.stringify({ command_type: 'end_call' }));
    await closed;
    await open.clock.advance(2_000);
    expect(await open.conversation(json.conversation_id)).toMatchObject({
      status: 'done',
      metadata: { termination_reason: 'Client disconnected: 1000' },
    });
  });
});
