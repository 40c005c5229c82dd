import { afterEach, describe, expect, it } from 'vitest';
import { demo } from '../../src/sandbox/index.ts';
import { type Json, type OpenSandbox, openSandbox, twilioHeaders } from '../fixtures/open-sandbox.ts';

let open: OpenSandbox;
afterEach(() => open.close());

describe('Twilio', () => {
  it('shows a call as Twilio does', async () => {
    open = await openSandbox();
    const { json } = await open.dial('+12125550142');
    const early = (await open.twilio('GET', `/Calls/${json.callSid}.json`)).json;
    expect(early).toMatchObject({
      status: 'queued',
      duration: null,
      end_time: null,
      start_time: null,
      price: null,
    });
    await open.clock.advance(60_000);
    const call = (await open.twilio('GET', `/Calls/${json.callSid}.json`)).json;
    expect(call).toMatchObject({
      sid: json.callSid,
      account_sid: demo.twilioSid,
      to: '+12125550142',
      from: demo.twilioNumber,
      status: 'completed',
      direction: 'outbound-api',
      duration: expect.stringMatching(/^\d+$/),
      queue_time: expect.stringMatching(/^\d+$/),
      date_created: 'Mon, 05 Jan 2026 15:00:00 +0000',
      answered_by: null,
    });
    const { metadata } = await open.conversation(json.conversation_id);
    expect(Math.abs(Number(call.duration) - metadata.call_duration_secs)).toBeLessThanOrEqual(1);
    expect((Date.parse(call.end_time) - Date.parse(call.start_time)) / 1000).toBeCloseTo(
      Number(call.duration),
      -1,
    );
    expect((await open.twilio('GET', '.json')).json).toMatchObject({
      sid: demo.twilioSid,
      status: 'active',
      type: 'Full',
    });
    const numbers = (await open.twilio('GET', '/IncomingPhoneNumbers.json?PhoneNumber=%2B12125550100')).json;
    expect(numbers.incoming_phone_numbers).toMatchObject([
      { phone_number: demo.twilioNumber, capabilities: { voice: true } },
    ]);
  });

  it('tells man from machine when detection was asked for', async () => {
    open = await openSandbox();
    const config = { telephony_call_config: { twilio_machine_detection: { mode: 'enable' } } };
    const mailbox = await open.dial('+12125550120', config);
    const person = await open.dial('+12125550110', config);
    await open.clock.advance(60_000);
    const answeredBy = async (sid: string) =>
      (await open.twilio('GET', `/Calls/${sid}.json`)).json.answered_by;
    expect(await answeredBy(mailbox.json.callSid)).toBe('machine_start');
    expect(await answeredBy(person.json.callSid)).toBe('human');
  });

  it('lists calls by To, Status and StartTime', async () => {
    open = await openSandbox();
    await open.dial('+12125550110');
    await open.dialSip('+12125550110');
    await open.clock.advance(3_600_000);
    await open.dial('+12125550130');
    await open.clock.advance(60_000);
    const list = async (query: string) => (await open.twilio('GET', `/Calls.json?${query}`)).json;
    // Calls of a SIP trunk are not Twilio's.
    expect((await list('')).calls.map((one: Json) => one.to)).toEqual(['+12125550130', '+12125550110']);
    expect((await list('To=%2B12125550110')).calls).toHaveLength(1);
    expect((await list('Status=busy')).calls).toHaveLength(1);
    expect((await list('StartTime%3E=2026-01-05T15:30:00Z')).calls.map((one: Json) => one.status)).toEqual([
      'busy',
    ]);
    expect((await list('StartTime%3C=2026-01-05T15:30:00Z')).calls.map((one: Json) => one.status)).toEqual([
      'completed',
    ]);
    expect((await list('StartTime=2026-01-05')).calls).toHaveLength(2);
    const first = await list('PageSize=1');
    expect(first).toMatchObject({ page: 0, page_size: 1, previous_page_uri: null });
    const next = await open.request('GET', first.next_page_uri, undefined, twilioHeaders);
    expect(next.json.calls).toMatchObject([{ to: '+12125550110' }]);
    expect(next.json.next_page_uri).toBeNull();
  });

  it('ends a call through Twilio', async () => {
    open = await openSandbox();
    const ringing = await open.dial('+12125550131');
    await open.clock.advance(5_000);
    const cancelled = await open.twilio('POST', `/Calls/${ringing.json.callSid}.json`, {
      Status: 'canceled',
    });
    expect(cancelled.json).toMatchObject({ status: 'canceled', duration: '0' });
    const connected = await open.dial('+12125550142');
    await open.clock.advance(5_000);
    const path = `/Calls/${connected.json.callSid}.json`;
    expect((await open.twilio('POST', path, { Status: 'canceled' })).json.status).toBe('in-progress');
    expect((await open.twilio('POST', path, { Status: 'completed' })).json).toMatchObject({
      status: 'completed',
      duration: '3',
    });
    const again = await open.twilio('POST', path, { Status: 'completed' });
    expect([again.status, again.json.code]).toEqual([400, 21220]);
  });

  it('ends the conversation of a call that Twilio ended', async () => {
    open = await openSandbox();
    const ringing = await open.dial('+12125550131');
    const connected = await open.dial('+12125550142');
    await open.clock.advance(5_000);
    await open.twilio('POST', `/Calls/${ringing.json.callSid}.json`, { Status: 'completed' });
    await open.twilio('POST', `/Calls/${connected.json.callSid}.json`, { Status: 'completed' });
    await open.clock.advance(2_000);
    expect(await open.conversation(ringing.json.conversation_id)).toMatchObject({
      status: 'failed',
      metadata: { call_duration_secs: 0, phone_call: { call_result: 'failed' } },
    });
    const conversation = await open.conversation(connected.json.conversation_id);
    expect(conversation).toMatchObject({
      status: 'done',
      metadata: { call_duration_secs: 3, termination_reason: 'Call ended by remote party' },
    });
    expect(conversation.transcript).toHaveLength(1);
  });

  it('refuses as Twilio does', async () => {
    open = await openSandbox();
    const error = (status: number, code: number) => ({
      status,
      json: {
        code,
        message: expect.any(String),
        more_info: `https://www.twilio.com/docs/errors/${code}`,
        status,
      },
    });
    const account = `/2010-04-01/Accounts/${demo.twilioSid}`;
    const noKey = await open.request('GET', `${account}.json`, undefined, {});
    expect(noKey).toMatchObject(error(401, 20003));
    expect(noKey.headers.get('www-authenticate')).toContain('Basic');
    expect(await open.twilio('GET', '/Calls/CA0.json')).toMatchObject(error(404, 20404));
    expect(await open.twilio('GET', '/Nothing.json')).toMatchObject(error(404, 20404));
    expect(await open.twilio('POST', '/Calls.json', {})).toMatchObject(error(405, 20004));
    const other = `/2010-04-01/Accounts/AC${'1'.repeat(32)}/Calls.json`;
    expect(await open.request('GET', other, undefined, twilioHeaders)).toMatchObject(error(404, 20404));
    const { json } = await open.dial('+12125550142');
    expect(await open.twilio('POST', `/Calls/${json.callSid}.json`, { Status: 'over' })).toMatchObject(
      error(400, 20001),
    );
  });

  it('keeps the recording of a call until it is deleted', async () => {
    open = await openSandbox();
    const { json } = await open.dial('+12125550142', { call_recording_enabled: true });
    const list = async () => (await open.twilio('GET', `/Calls/${json.callSid}/Recordings.json`)).json;
    expect((await list()).recordings).toEqual([]);
    await open.clock.advance(60_000);
    const [recording] = (await list()).recordings;
    expect(recording).toMatchObject({
      sid: expect.stringMatching(/^RE[0-9a-f]{32}$/),
      call_sid: json.callSid,
      status: 'completed',
      duration: expect.stringMatching(/^\d+$/),
    });
    const path = `/Calls/${json.callSid}/Recordings/${recording.sid}.json`;
    expect(await open.twilio('DELETE', path)).toMatchObject({ status: 204, json: '' });
    expect(await open.twilio('DELETE', path)).toMatchObject({ status: 404, json: { code: 20404 } });
    expect((await list()).recordings).toEqual([]);
    // The call itself stays.
    expect((await open.twilio('GET', `/Calls/${json.callSid}.json`)).status).toBe(200);
  });
});
