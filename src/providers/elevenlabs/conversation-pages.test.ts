import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenSandbox, openSandbox } from '../../../test/fixtures/open-sandbox.ts';
import { demo } from '../../sandbox/index.ts';
import { createNodeFetch } from '../node-fetch.ts';
import { createElevenLabsClient } from './client.ts';
import { createConversationPages } from './conversation-pages.ts';

let sandbox: OpenSandbox;
let fetch: ReturnType<typeof createNodeFetch>;
beforeEach(async () => {
  sandbox = await openSandbox({
    state: (account) => ({ ...account, account: { ...account.account, plan: 'enterprise' } }),
  });
  fetch = createNodeFetch({ connectTimeoutMs: 2_000, replyTimeoutMs: 2_000 });
});
afterEach(async () => {
  fetch.close();
  await sandbox.close();
});
const pages = () =>
  createConversationPages(createElevenLabsClient(fetch, { baseUrl: sandbox.url, apiKey: demo.apiKey }));

describe('createConversationPages', () => {
  it('reads more than one reply holds, newest first, with the cursor of the page before', async () => {
    const startedAfter = new Date(sandbox.clock.now());
    for (let call = 0; call < 101; call++) {
      await sandbox.dial('+12125550142');
      await sandbox.clock.advance(60_000);
    }
    const first = await pages().page({ startedAfter }, undefined);
    const second = await pages().page({ startedAfter }, first.next);
    expect([first.items.length, second.items.length, second.next]).toEqual([100, 1, undefined]);
    expect(second.items[0]?.start_time_unix_secs).toBe(startedAfter.getTime() / 1000);
    const later = new Date(sandbox.clock.now() - 150_000);
    expect((await pages().page({ startedAfter: later }, undefined)).items).toHaveLength(2);
    const other = { startedAfter, agentId: demo.agentWithoutPlaceholdersId };
    expect((await pages().page(other, undefined)).items).toEqual([]);
  });
});
