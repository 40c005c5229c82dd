import { describe, expect, it } from 'vitest';
import { demo } from '../../src/sandbox/index.ts';
import {
  account,
  closedPort,
  donna,
  json,
  longKey,
  sandbox,
  serve,
  settings,
  withKey,
} from './run-diagnose.ts';

describe('donna diagnose on a healthy account', () => {
  it('passes every check, in the order of the list, and rings nobody', async () => {
    const world = await sandbox();
    const { checks, ok, rootCause, exitCode } = await json([], settings(world.url));
    expect(checks.map(({ name, status }) => `${status} ${name}`)).toEqual([
      'ok reachability',
      'ok tls',
      'ok clock-skew',
      'ok key',
      'ok key-rights',
      'ok plan',
      'ok agents',
      'ok agent',
      'ok lines',
      'ok call-endpoints',
      'ok wrong-endpoints',
      'ok document',
      'ok twilio-credentials',
      'ok twilio-account',
      'ok twilio-number',
      'ok webhook-secret',
      'ok workspace-webhook',
    ]);
    expect({ ok, rootCause, exitCode }).toEqual({ ok: true, rootCause: null, exitCode: 0 });
    expect(world.journal.rings).toEqual([]);
    expect(world.state.calls).toEqual([]);
  });

  it('tells each statement with its authority and what follows from it', async () => {
    const world = await sandbox();
    const { out } = await donna(['--only', 'key', 'plan'], settings(world.url));
    expect(out.filter((line) => /^[✓!✗·]/.test(line)).map((line) => line.split(/\s+/)[1])).toEqual([
      'reachability',
      'tls',
      'key',
      'plan',
    ]);
    expect(out).toContain('    so: The key works, so look elsewhere.');
    expect(out).toContain('    documentation: 10 calls at once on this plan (August 2025)');
    expect(out.some((line) => line.startsWith('    live answer: GET /v1/user: 200'))).toBe(true);
    expect(out.at(-1)).toBe('4 passed');
  });

  it('asks each thing once, however many checks want to know it', async () => {
    const world = await sandbox();
    await json([], settings(world.url));
    const asked = world.journal.requests.map(
      ({ method, path: asks, status }) => `${method} ${asks} ${status}`,
    );
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('warns of a variable that each call must bring', async () => {
    const world = await sandbox();
    const { byName, exitCode } = await json(
      ['--only', 'agent'],
      settings(world.url, { agentId: demo.agentWithoutPlaceholdersId }),
    );
    expect(byName.agent).toMatchObject({
      status: 'warning',
      fix: expect.stringContaining('--var customer_name=…'),
    });
    expect(exitCode).toBe(0);
  });
});

describe('donna diagnose on a key', () => {
  it('names a wrong key as the root cause of all that could not be checked', async () => {
    const world = await sandbox();
    const { byName, rootCause, exitCode } = await json([], settings(world.url, { apiKey: longKey }));
    expect(exitCode).toBe(1);
    expect(rootCause).toMatchObject({
      check: 'key',
      explains: expect.arrayContaining(['agents', 'lines', 'plan']),
    });
    expect(byName.key).toMatchObject({ status: 'failed', summary: 'the provider does not know this key' });
    expect(byName.agent).toMatchObject({ status: 'skipped', summary: 'skipped because key failed' });
    // These need no key, and still say what they know.
    expect(byName['wrong-endpoints']?.status).toBe('ok');
    expect(byName.document?.status).toBe('ok');
  });

  it('says that no key is set', async () => {
    const world = await sandbox();
    const { elevenlabs, ...rest } = settings(world.url);
    const { byName } = await json(['--only', 'key'], {
      ...rest,
      elevenlabs: { baseUrl: elevenlabs.baseUrl },
    });
    expect(byName.key).toMatchObject({ status: 'failed', summary: 'no key is set' });
  });

  it('does not call a key invalid that lacks user_read and may dial', async () => {
    const world = await sandbox(withKey(['convai_read', 'convai_write']));
    const { byName, exitCode } = await json([], settings(world.url, { apiKey: longKey }));
    expect(byName.key).toMatchObject({ status: 'ok', summary: 'valid, with restricted rights' });
    expect(byName['key-rights']).toMatchObject({
      status: 'warning',
      facts: { missing: ['user_read'] },
      follows: 'The key is valid and can place calls.',
    });
    expect(byName.plan).toMatchObject({
      status: 'skipped',
      summary: 'skipped because the key has no right user_read',
    });
    expect(byName['call-endpoints']?.status).toBe('ok');
    expect(exitCode).toBe(0);
  });

  it('names the rights without which no call can be placed', async () => {
    const world = await sandbox(withKey(['user_read']));
    const { byName, rootCause, exitCode } = await json([], settings(world.url, { apiKey: longKey }));
    expect(byName.key?.status).toBe('ok');
    expect(byName['key-rights']).toMatchObject({
      status: 'failed',
      facts: { missing: ['convai_read', 'convai_write'] },
    });
    expect(rootCause?.check).toBe('key-rights');
    expect(byName['call-endpoints']?.summary).toContain('no permission');
    expect(exitCode).toBe(1);
  });

  it.each([
    ['"quoted-key-0123456789"', 'is in quotes'],
    ['Bearer abcdefghijkl', 'begins with “Bearer”'],
    [`AC${'0'.repeat(32)}`, 'is a SID of Twilio'],
  ])('sees a slip in the setting before it asks anybody: %s', async (apiKey, slip) => {
    const world = await sandbox();
    const { byName } = await json(['--only', 'key'], settings(world.url, { apiKey }));
    expect(byName.key?.summary).toContain(slip);
    expect(world.journal.requests.every(({ status }) => status === 401)).toBe(true);
  });
});

describe('donna diagnose on a host', () => {
  it('says that something else answers', async () => {
    const url = await serve((_, reply) =>
      reply.setHeader('content-type', 'text/html').end('<h1>It works!</h1>'),
    );
    const { byName, rootCause, exitCode } = await json([], settings(url));
    expect(exitCode).toBe(1);
    expect(rootCause?.check).toBe('reachability');
    expect(byName.reachability?.summary).toContain('it is not ElevenLabs');
    expect(byName.key?.summary).toBe('skipped because reachability failed');
  });

  it('says that nothing listens', async () => {
    // A port of this machine that was free a moment ago.
    const url = await closedPort();
    const { byName } = await json(['--only', 'reachability'], settings(url));
    expect(byName.reachability).toMatchObject({ status: 'failed', facts: { why: 'refused' } });
  });

  it('stops at Ctrl-C while a host says nothing', async () => {
    const stop = new AbortController();
    const url = await serve(() => stop.abort());
    const { out, err, exitCode } = await donna([], settings(url), stop.signal);
    expect(out).toEqual(['0 passed']);
    expect(err).toContain('Stopped after 0 of 17 checks.');
    expect(exitCode).toBe(1);
  });

  it('sees a base URL that brings /v1 twice', async () => {
    const world = await sandbox();
    const { byName } = await json(['--only', 'reachability'], settings(`${world.url}/v1`));
    expect(byName.reachability?.fix).toContain('Leave /v1 out');
  });

  it('sees a clock that runs ahead', async () => {
    const url = await serve((_, reply) => {
      reply.setHeader('date', new Date(Date.now() - 7_200_000).toUTCString());
      reply.writeHead(401, { 'content-type': 'application/json' });
      reply.end(JSON.stringify({ detail: { status: 'needs_authorization', message: 'no key' } }));
    });
    const { byName } = await json(['--only', 'clock-skew'], settings(url));
    expect(byName['clock-skew']).toMatchObject({
      status: 'failed',
      summary: expect.stringMatching(/^this clock is 7\d\d\d s ahead$/),
    });
  });
});

describe('donna diagnose on agents and lines', () => {
  it('lists the agents when the configured one does not exist', async () => {
    const world = await sandbox();
    const { byName, exitCode } = await json(
      ['--only', 'agent'],
      settings(world.url, { agentId: 'agent_none' }),
    );
    expect(byName.agent).toMatchObject({ status: 'failed', fix: expect.stringContaining(demo.agentId) });
    expect(exitCode).toBe(1);
  });

  it('sees the id of a line where that of an agent should be', async () => {
    const world = await sandbox();
    const { byName } = await json(['--only', 'agent'], settings(world.url, { agentId: demo.twilioLineId }));
    expect(byName.agent?.summary).toBe('ELEVENLABS_AGENT_ID is not the id of an agent');
  });

  it('takes a number for a line, and lists the lines when it is of none', async () => {
    const world = await sandbox();
    const known = await json(['--only', 'lines'], settings(world.url, { lineId: demo.sipNumber }));
    expect(known.byName.lines).toMatchObject({
      status: 'ok',
      summary: expect.stringContaining(demo.sipLineId),
    });
    const unknown = await json(['--only', 'lines'], settings(world.url, { lineId: '+12125550199' }));
    expect(unknown.byName.lines).toMatchObject({
      status: 'failed',
      fix: expect.stringContaining(demo.sipLineId),
    });
    expect(JSON.stringify(unknown.byName)).not.toContain('+12125550199');
  });

  it('fails for a line that may not dial out', async () => {
    const world = await sandbox(
      account(({ lines }) => ({ lines: lines.map((line) => ({ ...line, supports_outbound: false })) })),
    );
    const { byName } = await json(['--only', 'lines'], settings(world.url));
    expect(byName.lines).toMatchObject({ status: 'failed', summary: 'none of the lines may dial out' });
  });
});
