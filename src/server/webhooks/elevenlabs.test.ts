import { describe, expect, it } from 'vitest';
import { AppError } from '../../kernel/errors.ts';
import { createVirtualClock } from '../../kernel/virtual-clock.ts';
import { signElevenLabs } from '../../wire/elevenlabs/signature.ts';
import { createElevenLabsWebhook } from './elevenlabs.ts';

const secret = 'wsec_test_0123456789';
type Kept = Parameters<Parameters<typeof createElevenLabsWebhook>[0]['inbox']['put']>[0];

function setUp(secrets: readonly string[] = [secret]) {
  const clock = createVirtualClock();
  const kept = new Map<string, Kept>();
  const recordings = new Map<string, Uint8Array>();
  const logged: string[] = [];
  const counts = { nudged: 0 };
  let broken = false;
  const write = (facts: unknown, message?: unknown) =>
    void logged.push(`${message} ${JSON.stringify(facts)}`);
  const app = createElevenLabsWebhook({
    secrets: () => secrets,
    clock,
    log: { info: write, warn: write, error: write },
    nudge: () => {
      counts.nudged++;
    },
    recordings: { put: async ({ conversationId, mp3 }) => void recordings.set(conversationId, mp3) },
    inbox: {
      async put(item) {
        if (broken) throw new AppError('storage', 'the database is gone');
        if (kept.has(item.deliveryKey)) return undefined;
        kept.set(item.deliveryKey, item);
        return kept.size;
      },
    },
  });
  const nowSecs = () => Math.floor(clock.now() / 1000);
  const send = (
    body: string | Uint8Array,
    signature: string | null = signElevenLabs(body, secret, nowSecs()),
  ) =>
    app.request('/webhooks/elevenlabs', {
      method: 'POST',
      body: body as string,
      headers: signature === null ? {} : { 'ElevenLabs-Signature': signature },
    });
  return {
    clock,
    app,
    send,
    kept,
    items: () => [...kept.values()],
    recordings,
    logged,
    counts,
    nowSecs,
    breakStore: () => {
      broken = true;
    },
  };
}

const event = (type = 'post_call_transcription', data: object = { conversation_id: 'conv_1' }) =>
  JSON.stringify({ type, event_timestamp: 1_767_625_000, data });

describe('POST /webhooks/elevenlabs', () => {
  it('keeps a delivery before it answers, and wakes whoever takes it in', async () => {
    const { send, items, counts, clock } = setUp();
    const body = event('post_call_transcription', {
      conversation_id: 'conv_1',
      conversation_initiation_client_data: { dynamic_variables: { donna_attempt_id: 'att_1' } },
    });
    expect((await send(body)).status).toBe(200);
    expect(items()).toMatchObject([
      {
        type: 'post_call_transcription',
        conversationId: 'conv_1',
        attemptId: 'att_1',
        receivedMs: clock.now(),
        dueMs: clock.now(),
        eventMs: 1_767_625_000_000,
        deliveryKey: 'post_call_transcription:conv_1:1767625000',
        body: JSON.parse(body),
      },
    ]);
    expect(counts.nudged).toBe(1);
  });

  it('drops the same delivery the second time, and answers 200 again', async () => {
    const { send, items, counts, clock } = setUp();
    await send(event());
    await clock.advance(30_000);
    const again = await send(event());
    expect([again.status, await again.json()]).toEqual([200, { status: 'already received' }]);
    expect(items()).toHaveLength(1);
    expect(counts.nudged).toBe(1);
  });

  it.each([
    ['post_call_poem', { conversation_id: 'conv_1', lines: 4 }],
    ['post_call_transcription', { conversation_id: 'conv_1', transcript: 'not a list' }],
    ['answering_machine_detection', { verdict: 'machine' }],
    ['post_call_audio', { conversation_id: 'conv_1', full_audio: 7 }],
  ])('keeps %s as it is, also in a form that nobody knows', async (type, data) => {
    const { send, items } = setUp();
    expect((await send(event(type, data))).status).toBe(200);
    expect(items()).toMatchObject([{ type, body: { data } }]);
  });

  it('tells deliveries without a conversation apart by their bytes', async () => {
    const { send, items } = setUp();
    await send(event('answering_machine_detection', { verdict: 'human' }));
    await send(event('answering_machine_detection', { verdict: 'machine' }));
    await send(event('answering_machine_detection', { verdict: 'machine' }));
    expect(items()).toHaveLength(2);
  });

  it('keeps a recording, which came in chunks, apart from the inbox', async () => {
    const { app, items, recordings, nowSecs } = setUp();
    const mp3 = Buffer.alloc(3 * 1024 * 1024, 7);
    const body = event('post_call_audio', { conversation_id: 'conv_1', full_audio: mp3.toString('base64') });
    const bytes = Buffer.from(body);
    const chunks = new ReadableStream({
      start(controller) {
        for (let at = 0; at < bytes.length; at += 65_536) controller.enqueue(bytes.subarray(at, at + 65_536));
        controller.close();
      },
    });
    const request = new Request('http://localhost/webhooks/elevenlabs', {
      method: 'POST',
      body: chunks,
      duplex: 'half',
      headers: { 'ElevenLabs-Signature': signElevenLabs(body, secret, nowSecs()) },
    } as RequestInit);
    expect((await app.fetch(request)).status).toBe(200);
    expect(Buffer.from(recordings.get('conv_1') ?? []).equals(mp3)).toBe(true);
    expect(items()[0]?.body).toMatchObject({ data: { conversation_id: 'conv_1', audio_bytes: mp3.length } });
    expect(JSON.stringify(items())).not.toContain('full_audio');
  });

  it.each([
    ['no header', () => null],
    ['nonsense', () => 'v0=abc'],
    ['another secret', (now: number, body: string) => signElevenLabs(body, 'another', now)],
    ['another body', (now: number) => signElevenLabs('{}', secret, now)],
    ['a time that is long past', (now: number, body: string) => signElevenLabs(body, secret, now - 1_801)],
    ['a time far ahead', (now: number, body: string) => signElevenLabs(body, secret, now + 1_801)],
  ])('refuses %s, and says why in the log alone', async (_, sign) => {
    const { send, items, logged, nowSecs } = setUp();
    const reply = await send(event(), sign(nowSecs(), event()));
    expect(reply.status).toBe(401);
    expect(await reply.json()).toEqual({
      type: 'about:blank',
      title: 'The signature does not hold',
      status: 401,
    });
    expect(items()).toHaveLength(0);
    expect(logged.join()).toContain('advice');
    expect(logged.join()).not.toContain(secret);
  });

  it('does not read a body whose header cannot be right', async () => {
    const { app } = setUp();
    let pulled = 0;
    const endless = new ReadableStream({ pull: () => void pulled++ }, { highWaterMark: 0 });
    const request = new Request('http://localhost/webhooks/elevenlabs', {
      method: 'POST',
      body: endless,
      duplex: 'half',
    } as RequestInit);
    expect((await app.fetch(request)).status).toBe(401);
    expect(pulled).toBe(0);
  });

  it('takes what any of several secrets signed', async () => {
    const { send, nowSecs } = setUp(['the-next-secret', secret, '']);
    expect((await send(event())).status).toBe(200);
    expect((await send(event(), signElevenLabs(event(), '', nowSecs()))).status).toBe(401);
  });

  it('answers 503 while no secret is set, with a hint in the log', async () => {
    const { send, logged } = setUp(['']);
    expect((await send(event())).status).toBe(503);
    expect(logged.join()).toContain('ELEVENLABS_WEBHOOK_SECRET');
  });

  it.each([
    ['{', 'The body is not JSON.'],
    ['[1]', 'The body is not a JSON object.'],
    ['{"event_timestamp":1}', 'type: it has to be the name of an event.'],
    [new Uint8Array([0xff, 0xfe]), 'The body is not UTF-8.'],
  ])('refuses what no event can be: %s', async (body, detail) => {
    const { send, items } = setUp();
    const reply = await send(body);
    expect([reply.status, await reply.json()]).toMatchObject([400, { detail }]);
    expect(items()).toHaveLength(0);
  });

  it('refuses a body of more than 64 MB by its length alone', async () => {
    const { app, nowSecs } = setUp();
    const reply = await app.request('/webhooks/elevenlabs', {
      method: 'POST',
      body: 'x',
      headers: {
        'content-length': String(64 * 1024 * 1024 + 1),
        'ElevenLabs-Signature': signElevenLabs('x', secret, nowSecs()),
      },
    });
    expect(reply.status).toBe(413);
  });

  it('mends what the database cannot hold', async () => {
    const { send, items } = setUp();
    await send('{"type":"a","event_timestamp":1,"data":{"conversation_id":"conv_1","x":"a\\u0000b\\ud800"}}');
    expect(items()[0]?.body).toMatchObject({ data: { x: 'a\ufffdb\ufffd' } });
  });

  it('asks for the delivery again when it could not be kept', async () => {
    const { send, breakStore } = setUp();
    breakStore();
    const reply = await send(event());
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([503, '30']);
  });
});
