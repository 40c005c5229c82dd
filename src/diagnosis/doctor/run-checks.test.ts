import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../kernel/virtual-clock.ts';
import type { Check, CheckResult, DoctorInput } from './check.ts';
import { checks } from './checks.ts';
import type { ProbeRequest } from './probe.ts';
import { chooseChecks, type FinishedCheck, runChecks } from './run-checks.ts';

const ok: CheckResult = { status: 'ok', summary: 'fine', evidence: [] };
const failed: CheckResult = { status: 'failed', summary: 'not fine', evidence: [], fix: 'Mend it.' };
const skipped: CheckResult = { status: 'skipped', summary: 'skipped because nothing is set', evidence: [] };

function check(name: string, needs: string[], run: Check['run'] | CheckResult): Check {
  return { name, title: name, needs, run: typeof run === 'function' ? run : async () => run };
}

function input(send: (request: ProbeRequest) => unknown = () => ({})): DoctorInput {
  return {
    probe: {
      send: async (request) => ({
        kind: 'reply',
        status: 200,
        headers: {},
        body: send(request),
        tookMs: 1,
      }),
    },
    clock: createVirtualClock(),
    settings: {
      elevenlabs: { baseUrl: 'https://api.example.com', apiKey: 'sk_0123456789abcdef' },
      twilio: {
        baseUrl: 'https://twilio.example.com',
        accountSid: `AC${'1'.repeat(32)}`,
        authToken: 'tok_$&_456789',
      },
      webhookSecretSet: false,
    },
    sandbox: false,
    versions: {},
  };
}

async function run(list: readonly Check[], given = input()) {
  const results: FinishedCheck[] = [];
  for await (const result of runChecks(list, given)) results.push(result);
  return results;
}

describe('runChecks', () => {
  it('yields in the order of the list, whichever is ready first', async () => {
    let open: (() => void) | undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const results = await run([
      check('slow', [], async () => {
        await gate;
        return ok;
      }),
      check('fast', [], async () => {
        open?.();
        return ok;
      }),
    ]);
    expect(results.map(({ name }) => name)).toEqual(['slow', 'fast']);
  });

  it('skips what needs a failed check, and what needs that', async () => {
    const results = await run([
      check('a', [], failed),
      check('b', ['a'], ok),
      check('c', ['b'], ok),
      check('d', [], ok),
    ]);
    expect(results.map(({ status, summary, because }) => [status, summary, because])).toEqual([
      ['failed', 'not fine', undefined],
      ['skipped', 'skipped because a failed', 'a'],
      ['skipped', 'skipped because a failed', 'a'],
      ['ok', 'fine', undefined],
    ]);
  });

  it('passes on why a needed check was skipped by itself', async () => {
    const [, after] = await run([check('a', [], skipped), check('b', ['a'], ok)]);
    expect(after).toMatchObject({ status: 'skipped', summary: 'skipped because nothing is set' });
    expect(after).not.toHaveProperty('because');
  });

  it('runs what needs a check with a warning', async () => {
    const [, after] = await run([check('a', [], { ...ok, status: 'warning' }), check('b', ['a'], ok)]);
    expect(after?.status).toBe('ok');
  });

  it('sends the same request once', async () => {
    const sent: string[] = [];
    const ask: Check['run'] = async (context) => {
      await context.ask({ method: 'GET', provider: 'elevenlabs', path: '/v1/user' });
      return ok;
    };
    await run(
      [check('a', [], ask), check('b', ['a'], ask)],
      input(({ path }) => sent.push(path)),
    );
    expect(sent).toEqual(['/v1/user']);
  });

  it('takes secrets and control characters out of whatever a check says', async () => {
    const said = 'key sk_0123456789abcdef, token tok_$&_456789, \u001b[31mred\nline';
    const [result] = await run([
      check('a', [], {
        status: 'failed',
        summary: said,
        evidence: [{ authority: 'live', text: said }],
        fix: said,
        facts: { deep: [{ text: said, [said]: 1 }] },
      }),
    ]);
    const text = JSON.stringify(result);
    expect(text).not.toMatch(/0123456789|tok_|\\u001b|\\n/);
    expect(result?.summary).toBe('key …cdef, token …6789, red line');
  });

  it('knows the credentials of Twilio in the form in which they travel', async () => {
    const { settings } = input();
    const travels = Buffer.from(`${settings.twilio?.accountSid}:${settings.twilio?.authToken}`).toString(
      'base64',
    );
    const [result] = await run([check('a', [], { ...ok, summary: `Basic ${travels}` })]);
    expect(result?.summary).toBe(`Basic …${travels.slice(-4)}`);
  });

  it('lets a bug out instead of calling it a finding', async () => {
    const bug = check('a', [], async () => {
      throw new TypeError('a bug');
    });
    await expect(run([bug, check('b', ['a'], ok)])).rejects.toThrow('a bug');
  });
});

describe('chooseChecks', () => {
  it('brings what the named checks need, in the order of the list', () => {
    expect(chooseChecks(checks, ['agent']).map(({ name }) => name)).toEqual([
      'reachability',
      'tls',
      'key',
      'agents',
      'agent',
    ]);
    expect(chooseChecks(checks, [])).toBe(checks);
  });
});

describe('the list of checks', () => {
  it('has each check after those that it needs, under a name of its own', () => {
    const before = new Set<string>();
    for (const { name, needs } of checks) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(before.has(name)).toBe(false);
      for (const need of needs) expect(before.has(need)).toBe(true);
      before.add(name);
    }
  });
});
