import { expect, it } from 'vitest';
import { demoAccount } from '../demo-account.ts';
import { type SandboxWebhook, sandboxState } from '../state.ts';
import { afterAttempt, retryAfterMs } from './retry.ts';

const webhook = sandboxState.parse({
  ...demoAccount(),
  webhooks: [
    { webhook_id: 'w', name: 'w', webhook_url: 'https://example.com', secret: 's', retry_enabled: true },
  ],
}).webhooks[0] as SandboxWebhook;
const transcript = (attempts: number) => ({ type: 'post_call_transcription', attempts }) as const;

it('waits longer each time, and gives up after the fifth attempt', () => {
  const waits = [1, 2, 3, 4, 5].map((attempts) =>
    retryAfterMs(transcript(attempts), webhook, { status: 500 }),
  );
  expect(waits).toEqual([30_000, 120_000, 480_000, 1_800_000, undefined]);
});

it('tries again after 5xx, 408, 429 and a timeout alone', () => {
  const again = (outcome: Parameters<typeof retryAfterMs>[2]) =>
    retryAfterMs(transcript(1), webhook, outcome) !== undefined;
  expect([500, 503, 408, 429].every((status) => again({ status }))).toBe(true);
  expect([400, 401, 404, 410, 301].some((status) => again({ status }))).toBe(false);
  expect(again({ failure: 'timeout', timedOut: true })).toBe(true);
  expect(again({ failure: 'dns', timedOut: false })).toBe(false);
});

it('stays on after ten failures when it worked within seven days', () => {
  const worked = afterAttempt(webhook, { status: 200 }, 1_000);
  const fail = (from: SandboxWebhook, nowSecs: number) =>
    Array.from({ length: 10 }).reduce<SandboxWebhook>(
      (one) => afterAttempt(one, { status: 500 }, nowSecs),
      from,
    );
  expect(fail(worked, 2_000).is_auto_disabled).toBe(false);
  expect(fail(worked, 1_000 + 8 * 86_400).is_auto_disabled).toBe(true);
  expect(fail(webhook, 2_000).is_auto_disabled).toBe(true);
});
