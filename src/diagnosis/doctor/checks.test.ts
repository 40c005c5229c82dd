import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../kernel/virtual-clock.ts';
import type { CheckContext, DoctorSettings } from './check.ts';
import { clockSkew } from './clock-skew.ts';
import { plan } from './plan.ts';
import type { ProbeReply } from './probe.ts';
import { reachability } from './reachability.ts';
import { tls } from './tls.ts';

const clock = createVirtualClock(Date.UTC(2026, 0, 5, 12, 0, 0));

/** A check's surroundings in which every request has the same answer. */
function context(
  answer: Partial<Extract<ProbeReply, { kind: 'reply' }>> | ProbeReply,
  baseUrl = 'https://api.example.com',
): CheckContext {
  const settings: DoctorSettings = {
    elevenlabs: { baseUrl, apiKey: 'sk_0123456789' },
    webhookSecretSet: false,
  };
  const reply = { kind: 'reply', status: 200, headers: {}, body: {}, tookMs: 200, ...answer } as ProbeReply;
  return { settings, clock, sandbox: false, ask: async () => ({ ...reply, atMs: clock.now() }) };
}

const unreachable = (why: Extract<ProbeReply, { kind: 'unreachable' }>['why']): ProbeReply => ({
  kind: 'unreachable',
  why,
  message: 'certificate has expired',
  tookMs: 10,
});

describe('reachability and tls', () => {
  it('share a failure of TLS: the host is there, its certificate is not good', async () => {
    expect(await reachability.run(context(unreachable('tls')))).toMatchObject({ status: 'ok' });
    expect(await tls.run(context(unreachable('tls')))).toMatchObject({
      status: 'failed',
      summary: 'TLS fails: certificate has expired',
      fix: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    });
  });

  it.each(['dns', 'refused', 'connect-timeout', 'reset', 'timeout'] as const)(
    'fail on %s with a fix',
    async (why) => {
      const result = await reachability.run(context(unreachable(why)));
      expect(result).toMatchObject({ status: 'failed', facts: { why } });
      expect(result.fix).toBeTruthy();
    },
  );

  it('let no key travel unencrypted, but to this machine', async () => {
    expect((await tls.run(context({}, 'http://api.example.com'))).status).toBe('failed');
    expect((await tls.run(context({}, 'http://127.0.0.1.example.com'))).status).toBe('failed');
    for (const here of ['http://127.0.0.1:4010', 'http://localhost:4010', 'http://[::1]:4010']) {
      expect((await tls.run(context({}, here))).status).toBe('ok');
    }
  });

  it('show no password of a base URL', async () => {
    const url = 'http://donna:hunter2@api.example.com/proxy?token=x';
    for (const { run } of [reachability, tls]) {
      expect(JSON.stringify(await run(context({}, url)))).not.toMatch(/hunter2|token/);
    }
  });

  it('tell a failing provider from a wrong host', async () => {
    expect((await reachability.run(context({ status: 503, body: '' }))).summary).toContain(
      'failure of its own',
    );
  });
});

describe('clock-skew', () => {
  const at = (secs: number) =>
    clockSkew.run(context({ headers: { date: new Date(clock.now() + secs * 1000).toUTCString() } }));

  it.each([
    [0, 'ok'],
    [-59, 'ok'],
    [-120, 'warning'],
    [300, 'warning'],
    [-1801, 'failed'],
    [7200, 'failed'],
  ])('is judged by what webhooks allow: %i s', async (secs, status) => {
    expect((await at(secs)).status).toBe(status);
  });

  it('says on which side this clock is', async () => {
    expect((await at(-120)).summary).toBe('this clock is 119 s ahead');
    expect((await at(120)).summary).toBe('this clock is 121 s behind');
  });

  it('is skipped where the time is missing or a cache’s', async () => {
    expect((await clockSkew.run(context({}))).status).toBe('skipped');
    const headers = { date: new Date(0).toUTCString(), age: '30' };
    expect((await clockSkew.run(context({ headers }))).status).toBe('skipped');
  });
});

describe('plan', () => {
  const user = (change: object) =>
    plan.run(
      context({
        body: {
          user_id: 'u',
          subscription: {
            tier: 'creator',
            status: 'active',
            character_count: 10,
            character_limit: 100,
            ...change,
          },
        },
      }),
    );

  it.each([
    [{}, 'ok'],
    [{ status: 'trialing' }, 'ok'],
    [{ status: 'past_due' }, 'warning'],
    [{ status: 'free_disabled' }, 'failed'],
    [{ character_count: 95 }, 'warning'],
    [{ character_count: 100 }, 'failed'],
    [{ character_count: 100, max_credit_limit_extension: 'unlimited' }, 'warning'],
    [{ character_count: 100, max_credit_limit_extension: 0 }, 'failed'],
    [{ status: 'a_new_word' }, 'ok'],
  ])('with %j is %s', async (change, status) => {
    expect((await user(change)).status).toBe(status);
  });

  it('names the place where an answer is not as the document has it', async () => {
    expect(await user({ character_limit: 'many' })).toMatchObject({
      status: 'failed',
      summary: expect.stringContaining('subscription.character_limit'),
    });
  });
});
