import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Answer,
  type AnsweringServer,
  answeringServer,
  answerWith,
} from '../../../test/fixtures/answering-server.ts';
import { createNodeFetch } from '../node-fetch.ts';
import { createCarrierRecords } from './carrier-records.ts';
import { createTwilioClient } from './client.ts';

const accountSid = `AC${'0'.repeat(32)}`;
const sid = `CA${'1'.repeat(32)}`;
const token = 'test-token-0123456789';
let answer: Answer;
let server: AnsweringServer;
let asked: string[];
let fetch: ReturnType<typeof createNodeFetch>;
beforeEach(async () => {
  asked = [];
  server = await answeringServer((request, reply, body) => {
    asked.push(`${request.method} ${decodeURIComponent(request.url ?? '')} ${request.headers.authorization}`);
    return answer(request, reply, body);
  });
  fetch = createNodeFetch({ connectTimeoutMs: 2_000, replyTimeoutMs: 2_000 });
});
afterEach(async () => {
  fetch.close();
  await server.close();
});
const records = () =>
  createCarrierRecords(createTwilioClient(fetch, { baseUrl: server.url, accountSid, authToken: token }));

describe('createCarrierRecords', () => {
  it('reads a call of the account', async () => {
    answer = answerWith(200, { sid, status: 'ringing', new_field: 1 });
    expect(await records().call(sid)).toMatchObject({ sid, status: 'ringing' });
    const basic = Buffer.from(`${accountSid}:${token}`).toString('base64');
    expect(asked).toEqual([`GET /2010-04-01/Accounts/${accountSid}/Calls/${sid}.json Basic ${basic}`]);
  });

  it('knows no call where Twilio says 404, and does not take a proxy’s word for it', async () => {
    answer = answerWith(404, { code: 20404, message: 'The requested resource was not found', status: 404 });
    expect(await records().call(sid)).toBeUndefined();
    answer = answerWith(404, '<html>');
    await expect(records().call(sid)).rejects.toMatchObject({ code: 'provider-refused' });
  });

  it('filters by the day at Twilio and by the moment here', async () => {
    answer = answerWith(200, {
      calls: [
        { sid: 'CA-later', status: 'completed', start_time: 'Mon, 05 Jan 2026 15:00:30 +0000' },
        { sid: 'CA-earlier', status: 'completed', start_time: 'Mon, 05 Jan 2026 14:59:00 +0000' },
        { sid: 'CA-queued', status: 'queued', start_time: null, date_created: null },
      ],
    });
    const startedAfter = new Date('2026-01-05T15:00:00Z');
    const calls = await records().calls({ to: '+12125550142', from: '+12125550100', startedAfter });
    expect(calls.map((call) => call.sid)).toEqual(['CA-later', 'CA-queued']);
    // A call that still rings has no start time yet.
    expect(asked[0]).not.toContain('StartTime');
  });

  it('ends a call once', async () => {
    answer = answerWith(200, { sid, status: 'completed' });
    await records().hangUp(sid);
    expect(server.bodies).toEqual(['Status=completed']);
  });

  it.each([
    [401, { code: 20003, message: 'Authenticate', status: 401 }, 'does not accept the credentials', false],
    [429, { code: 20429, message: 'Too Many Requests', status: 429 }, 'slow down', true],
    [503, '<html>', 'answered 503', true],
  ])('says what %i means, without the token', async (status, body, sentence, retryable) => {
    answer = answerWith(status, body);
    const error = await records()
      .call(sid)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'provider-refused',
      message: expect.stringContaining(sentence),
      retryable,
    });
    expect(JSON.stringify(error) + String(error)).not.toContain(token);
  });
});
