import { describe, expect, it } from 'vitest';
import type { SentBody, SentRequest } from '../../diagnosis/exchange/exchange.ts';
import { replayInSandbox } from './replay-in-sandbox.ts';

const dial = { method: 'POST', path: '/v1/convai/twilio/outbound-call' };

function request(
  method: string,
  path: string,
  body: unknown,
  change: Partial<SentRequest> = {},
): SentRequest {
  const sent: SentBody = body === undefined ? { kind: 'none' } : { kind: 'json', value: body };
  return {
    method,
    scheme: 'https',
    host: 'api.elevenlabs.io',
    path,
    query: [],
    headers: [['xi-api-key', '$XI_API_KEY']],
    contentType: body === undefined ? undefined : 'application/json',
    body: sent,
    ...change,
  };
}

const right = {
  agent_id: 'agent_5f2kq',
  agent_phone_number_id: 'phnum_9d41',
  to_number: '+12125550117',
  conversation_initiation_client_data: { dynamic_variables: { customer_name: 'Ada' } },
};
const corrected = request('POST', dial.path, right);

describe('a replay in the sandbox', () => {
  it('of the historical request is a 404, and a 200 when it is corrected', async () => {
    const sent = request('POST', '/v1/convai/phone-number/phnum_9d41/call', {
      agent_id: 'agent_5f2kq',
      to_phone_number: '+12125550117',
      dynamic_variables: { customer_name: 'Ada' },
    });
    expect(await replayInSandbox({ sent, corrected, operation: dial, misdirected: true })).toEqual({
      kind: 'replayed',
      before: 404,
      after: 200,
      what: 'The corrected request got success: true; the sandbox’s own agent, line, number stood in for yours',
    });
  });

  it('says what was dropped in silence where both are taken', async () => {
    const { conversation_initiation_client_data: nested, ...rest } = right;
    const sent = request('POST', dial.path, { ...rest, ...nested });
    const replay = await replayInSandbox({ sent, corrected, operation: dial, misdirected: false });
    expect(replay).toMatchObject({
      before: 200,
      after: 200,
      what: expect.stringContaining('had dynamic_variables dropped in silence'),
    });
  });

  it('puts in what only the user knows, where the sandbox has one', async () => {
    const open = request('POST', dial.path, { ...right, agent_phone_number_id: '<agent_phone_number_id>' });
    const replay = await replayInSandbox({
      sent: corrected,
      corrected: open,
      operation: dial,
      misdirected: false,
    });
    expect(replay).toMatchObject({ kind: 'replayed', after: 200 });
  });

  it('is not done with a value that nobody knows', async () => {
    const open = request('POST', dial.path, { ...right, to_number: '<to_number>' });
    expect(
      await replayInSandbox({ sent: corrected, corrected: open, operation: dial, misdirected: false }),
    ).toEqual({ kind: 'not-done', why: 'The value of to_number is not known.' });
  });

  it('leaves a number that is none as it is, and shows that it is refused', async () => {
    const wrong = request('POST', dial.path, { ...right, to_number: '555-0117' });
    const replay = await replayInSandbox({ sent: wrong, corrected, operation: dial, misdirected: false });
    expect(replay).toMatchObject({ after: 200, what: expect.stringContaining('got success: false') });
  });

  it('leaves a telephone number in the place of an id wrong', async () => {
    const wrong = request('POST', dial.path, { ...right, agent_phone_number_id: '+12125550117' });
    const replay = await replayInSandbox({
      sent: wrong,
      corrected: wrong,
      operation: dial,
      misdirected: false,
    });
    expect(replay).toMatchObject({ before: 404, after: 404 });
  });

  it('goes without the credentials that the request goes without', async () => {
    const sent = request('POST', dial.path, right, { headers: [] });
    expect(await replayInSandbox({ sent, corrected, operation: dial, misdirected: false })).toMatchObject({
      before: 401,
      after: 200,
    });
  });

  it('places a call first where the request speaks of one', async () => {
    const path = '/v1/convai/conversations/{conversation_id}';
    const sent = request('GET', '/v1/convai/conversation/conv_7yd2', undefined);
    const fixed = request('GET', '/v1/convai/conversations/conv_7yd2', undefined);
    const replay = await replayInSandbox({
      sent,
      corrected: fixed,
      operation: { method: 'GET', path },
      misdirected: true,
    });
    expect(replay).toMatchObject({ before: 404, after: 200, what: expect.stringContaining('conversation') });
  });

  it('plays Twilio with the account of the sandbox', async () => {
    const account = `AC${'1'.repeat(32)}`;
    const change = { host: 'api.twilio.com', headers: [['Authorization', 'Basic $AUTH']] as const };
    const sent = request('GET', `/2010-04-01/Accounts/${account}/Call.json`, undefined, change);
    const fixed = request('GET', `/2010-04-01/Accounts/${account}/Calls.json`, undefined, change);
    const operation = { method: 'GET', path: '/2010-04-01/Accounts/{AccountSid}/Calls.json' };
    expect(await replayInSandbox({ sent, corrected: fixed, operation, misdirected: true })).toMatchObject({
      before: 404,
      after: 200,
    });
  });

  it('knows a value of the path by its name, were it a variable or open', async () => {
    const change = { host: 'api.twilio.com', headers: [['Authorization', 'Basic $AUTH']] as const };
    const operation = { method: 'GET', path: '/2010-04-01/Accounts/{AccountSid}/Calls.json' };
    for (const value of ['$API_USER', '{AccountSid}', '%3CAccountSid%3E']) {
      const sent = request('GET', `/2010-04-01/Account/${value}/Calls.json`, undefined, change);
      const fixed = request('GET', `/2010-04-01/Accounts/${value}/Calls.json`, undefined, change);
      const replay = await replayInSandbox({ sent, corrected: fixed, operation, misdirected: true });
      expect(replay).toMatchObject({ before: 404, after: 200 });
    }
  });

  it.each<[string, Partial<Parameters<typeof replayInSandbox>[0]>, RegExp]>([
    ['an operation that it does not play', { operation: { method: 'GET', path: '/v1/voices' } }, /not play/],
    [
      'a request that was right, of an operation that it does not play',
      { sent: request('GET', '/v1/voices', undefined) },
      /not play the operation that was sent/,
    ],
    [
      'a body that is not here',
      { sent: request('POST', dial.path, {}, { body: { kind: 'unread', why: 'a file' } }) },
      /body/,
    ],
  ])('is not done for %s', async (_, change, why) => {
    const input = { sent: corrected, corrected, operation: dial, misdirected: false, ...change };
    expect(await replayInSandbox(input)).toMatchObject({
      kind: 'not-done',
      why: expect.stringMatching(why),
    });
  });
});
