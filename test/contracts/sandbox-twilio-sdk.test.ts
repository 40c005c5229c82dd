import twilio from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demo } from '../../src/sandbox/index.ts';
import { signTwilio } from '../../src/wire/twilio/signature.ts';
import { type OpenSandbox, openSandbox } from '../fixtures/open-sandbox.ts';

/** Sends the client's requests to the sandbox; the client itself has no base URL. */
class ToSandbox extends twilio.RequestClient {
  readonly #url: string;
  constructor(url: string) {
    super();
    this.#url = url;
  }
  override request<Data>(options: RequestClient.RequestOptions<Data>) {
    const uri = options.uri.replace('https://api.twilio.com', this.#url);
    return super.request<Data>({ ...options, uri });
  }
}

let open: OpenSandbox;
let client: twilio.Twilio;
beforeEach(async () => {
  open = await openSandbox();
  client = twilio(demo.twilioSid, demo.twilioToken, { httpClient: new ToSandbox(open.url) });
});
afterEach(() => open.close());

describe('the official Twilio client', () => {
  it('fetches the call that ElevenLabs placed', async () => {
    const { json } = await open.dial('+12125550142');
    await open.clock.advance(60_000);
    const call = await client.calls(json.callSid).fetch();
    expect(call).toMatchObject({
      sid: json.callSid,
      status: 'completed',
      to: '+12125550142',
      direction: 'outbound-api',
    });
    expect(call.startTime).toEqual(new Date('2026-01-05T15:00:02Z'));
    expect(Number(call.duration)).toBeGreaterThan(10);
  });

  it('lists calls, the account and its numbers', async () => {
    for (const number of ['+12125550110', '+12125550130']) await open.dial(number);
    await open.clock.advance(60_000);
    expect((await client.calls.list({ to: '+12125550130' })).map((call) => call.status)).toEqual(['busy']);
    expect(await client.calls.list({ startTimeAfter: new Date('2026-01-06T00:00:00Z') })).toEqual([]);
    expect(await client.calls.list({ pageSize: 1, limit: 2 })).toHaveLength(2);
    expect(await client.api.v2010.accounts(demo.twilioSid).fetch()).toMatchObject({
      status: 'active',
      type: 'Full',
    });
    const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: demo.twilioNumber });
    expect(number?.capabilities.voice).toBe(true);
  });

  it('ends a call', async () => {
    const { json } = await open.dial('+12125550142');
    await open.clock.advance(5_000);
    expect((await client.calls(json.callSid).update({ status: 'completed' })).status).toBe('completed');
    await expect(client.calls(json.callSid).update({ status: 'completed' })).rejects.toMatchObject({
      code: 21220,
      status: 400,
    });
    await expect(client.calls('CA00000000000000000000000000000000').fetch()).rejects.toMatchObject({
      code: 20404,
    });
  });

  it('validates our request signature', () => {
    const url = 'https://donna.example.com/twilio/status?call=1';
    const params = { CallSid: 'CA1', CallStatus: 'completed', To: '+12125550142' };
    const signature = signTwilio({ url, params, token: demo.twilioToken });
    expect(twilio.validateRequest(demo.twilioToken, signature, url, params)).toBe(true);
    expect(twilio.validateRequest(demo.twilioToken, signature, url, { ...params, CallStatus: 'busy' })).toBe(
      false,
    );
  });
});
