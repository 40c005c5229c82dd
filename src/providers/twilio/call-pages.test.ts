import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type AnsweringServer,
  answeringServer,
  answerWith,
} from '../../../test/fixtures/answering-server.ts';
import { createNodeFetch } from '../node-fetch.ts';
import { createCallPages } from './call-pages.ts';
import { createTwilioClient } from './client.ts';

const accountSid = `AC${'0'.repeat(32)}`;
const startedAfter = new Date('2026-01-05T15:00:00.123Z');
const call = { sid: `CA${'1'.repeat(32)}`, status: 'completed' };
let reply: Record<string, unknown>;
let server: AnsweringServer;
let asked: URL[];
let fetch: ReturnType<typeof createNodeFetch>;
beforeEach(async () => {
  asked = [];
  server = await answeringServer((request, response, body) => {
    asked.push(new URL(request.url ?? '', 'http://127.0.0.1'));
    return answerWith(200, reply)(request, response, body);
  });
  fetch = createNodeFetch({ connectTimeoutMs: 2_000, replyTimeoutMs: 2_000 });
});
afterEach(async () => {
  fetch.close();
  await server.close();
});
const pages = () =>
  createCallPages(createTwilioClient(fetch, { baseUrl: server.url, accountSid, authToken: 'token' }));

describe('createCallPages', () => {
  it('asks for a thousand calls from a time on, and for the next page by Twilio’s own token', async () => {
    const next = `/2010-04-01/Accounts/${accountSid}/Calls.json?StartTime%3E=2026-01-05&PageSize=1000&Page=1&PageToken=PACA1`;
    reply = { calls: [call], next_page_uri: next };
    const first = await pages().page({ startedAfter, from: '+12125550100' }, undefined);
    expect(first.items).toMatchObject([{ sid: call.sid }]);
    reply = { calls: [], next_page_uri: null };
    const second = await pages().page({ startedAfter, from: '+12125550100' }, first.next);
    expect(second).toEqual({ items: [], next: undefined });
    const filters = { 'StartTime>': '2026-01-05T15:00:00Z', PageSize: '1000', From: '+12125550100' };
    expect(asked.map((url) => Object.fromEntries(url.searchParams))).toEqual([
      filters,
      { ...filters, Page: '1', PageToken: 'PACA1' },
    ]);
  });

  it('follows a page to no other address', async () => {
    reply = { calls: [], next_page_uri: 'https://elsewhere.example/Calls.json?Page=1&PageToken=PA1&To=%2B1' };
    const { next } = await pages().page({ startedAfter }, undefined);
    await pages().page({ startedAfter }, next);
    expect(asked.map((url) => url.pathname)).toEqual(
      Array(2).fill(`/2010-04-01/Accounts/${accountSid}/Calls.json`),
    );
    expect([...(asked[1]?.searchParams.keys() ?? [])]).not.toContain('To');
  });
});
