import { afterEach, describe, expect, it } from 'vitest';
import { eraseElsewhere } from '../../src/calls/forget/erase-elsewhere.ts';
import { createElevenLabsClient } from '../../src/providers/elevenlabs/client.ts';
import { createEraseConversation } from '../../src/providers/elevenlabs/erase-conversation.ts';
import { createNodeFetch } from '../../src/providers/node-fetch.ts';
import { createTwilioClient } from '../../src/providers/twilio/client.ts';
import { createEraseRecordings } from '../../src/providers/twilio/erase-recordings.ts';
import { demo } from '../../src/sandbox/index.ts';
import { type OpenSandbox, openSandbox } from '../fixtures/open-sandbox.ts';

let open: OpenSandbox;
const fetch = createNodeFetch({ connectTimeoutMs: 5_000, replyTimeoutMs: 5_000 });
afterEach(async () => {
  fetch.close();
  await open.close();
});

const erasers = () => ({
  conversation: createEraseConversation(
    createElevenLabsClient(fetch, { baseUrl: open.url, apiKey: demo.apiKey }),
  ),
  carrierRecordings: createEraseRecordings(
    createTwilioClient(fetch, { baseUrl: open.url, accountSid: demo.twilioSid, authToken: demo.twilioToken }),
  ),
});

describe('erasing elsewhere', () => {
  it('deletes a conversation once, and then finds it gone', async () => {
    open = await openSandbox();
    const { json } = await open.dial('+12125550142');
    await open.clock.advance(60_000);
    const trace = { where: 'provider', id: json.conversation_id } as const;
    expect(await eraseElsewhere(erasers(), trace)).toEqual({ kind: 'erased', erased: 1, alreadyGone: 0 });
    expect((await open.get(`/v1/convai/conversations/${json.conversation_id}`)).status).toBe(404);
    expect(await eraseElsewhere(erasers(), trace)).toEqual({ kind: 'erased', erased: 0, alreadyGone: 1 });
  });

  it('deletes what the carrier recorded, and finds nothing where it recorded nothing', async () => {
    open = await openSandbox();
    const recorded = await open.dial('+12125550142', { call_recording_enabled: true });
    const plain = await open.dial('+12125550110');
    await open.clock.advance(60_000);
    const trace = { where: 'carrier', id: recorded.json.callSid } as const;
    expect(await eraseElsewhere(erasers(), trace)).toEqual({ kind: 'erased', erased: 1, alreadyGone: 0 });
    expect(await eraseElsewhere(erasers(), trace)).toEqual({ kind: 'erased', erased: 0, alreadyGone: 0 });
    const other = { where: 'carrier', id: plain.json.callSid } as const;
    expect(await eraseElsewhere(erasers(), other)).toEqual({ kind: 'erased', erased: 0, alreadyGone: 0 });
  });

  it('takes no other answer for gone: another account, a proxy, a place that is down', async () => {
    open = await openSandbox();
    const unknown = { where: 'carrier', id: `CA${'f'.repeat(32)}` } as const;
    expect(await eraseElsewhere(erasers(), unknown)).toMatchObject({
      kind: 'not-reached',
      again: true,
      down: false,
      why: expect.stringContaining('no such resource in this account'),
    });
    const proxied = createEraseConversation(
      createElevenLabsClient(fetch, { baseUrl: `${open.url}/proxy`, apiKey: demo.apiKey }),
    );
    const trace = { where: 'provider', id: 'conv_1' } as const;
    expect(await eraseElsewhere({ conversation: proxied }, trace)).toMatchObject({ kind: 'not-reached' });
    const nowhere = createEraseConversation(
      createElevenLabsClient(fetch, { baseUrl: 'http://127.0.0.1:1', apiKey: demo.apiKey }),
    );
    expect(await eraseElsewhere({ conversation: nowhere }, trace)).toMatchObject({
      kind: 'not-reached',
      down: true,
    });
  });
});
