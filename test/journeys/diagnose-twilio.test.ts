import { describe, expect, it } from 'vitest';
import type { SandboxState } from '../../src/sandbox/index.ts';
import { account, json, sandbox, settings } from './run-diagnose.ts';

const twilio = (change: Partial<SandboxState['twilio']>) =>
  account(({ twilio: own }) => ({ twilio: { ...own, ...change } }));

async function diagnose(state: SandboxState | undefined, token?: string) {
  const world = await sandbox(state);
  const set = settings(world.url);
  const own = set.twilio && { ...set.twilio, ...(token === undefined ? {} : { authToken: token }) };
  return json(['--only', 'twilio-number'], { ...set, ...(own ? { twilio: own } : {}) });
}

describe('donna diagnose on Twilio', () => {
  it('skips what there are no credentials for, and fails nobody', async () => {
    const world = await sandbox();
    const { elevenlabs, webhookSecretSet } = settings(world.url);
    const { byName, exitCode } = await json(['--only', 'twilio-number'], { elevenlabs, webhookSecretSet });
    const skipped = { status: 'skipped', summary: 'skipped because no Twilio variables are set' };
    expect(byName['twilio-credentials']).toMatchObject(skipped);
    expect(byName['twilio-number']).toMatchObject(skipped);
    expect(exitCode).toBe(0);
  });

  it('says what Twilio says of a wrong token', async () => {
    const { byName, rootCause } = await diagnose(undefined, 'not-the-token-0123456789');
    expect(byName['twilio-credentials']).toMatchObject({
      status: 'failed',
      summary: 'Twilio refuses the credentials',
    });
    expect(byName['twilio-credentials']?.evidence.at(-1)?.text).toContain('20003');
    expect(rootCause).toMatchObject({
      check: 'twilio-credentials',
      explains: ['twilio-account', 'twilio-number'],
    });
  });

  it('sees one variable without the other, the SID of an API key, and a host without TLS', async () => {
    const world = await sandbox();
    const { twilio: own, ...rest } = settings(world.url);
    const half = await json(['--only', 'twilio-credentials'], {
      ...rest,
      twilio: { baseUrl: world.url, accountSid: own?.accountSid ?? '' },
    });
    expect(half.byName['twilio-credentials']?.summary).toBe('TWILIO_AUTH_TOKEN is not set');
    const key = await json(['--only', 'twilio-credentials'], {
      ...rest,
      twilio: { baseUrl: world.url, accountSid: `SK${'0'.repeat(32)}`, authToken: 'x' },
    });
    expect(key.byName['twilio-credentials']?.summary).toContain('API key');
    const open = await json(['--only', 'twilio-credentials'], {
      ...rest,
      twilio: { ...own, baseUrl: 'http://twilio.example.com' },
    });
    expect(open.byName['twilio-credentials']?.summary).toContain('unencrypted');
  });

  it('fails a suspended account and warns of one on trial', async () => {
    const suspended = await diagnose(twilio({ status: 'suspended' }));
    expect(suspended.byName['twilio-account']).toMatchObject({
      status: 'failed',
      summary: 'the account is suspended',
    });
    const trial = await diagnose(twilio({ type: 'Trial' }));
    expect(trial.byName['twilio-account']).toMatchObject({
      status: 'warning',
      summary: expect.stringContaining('only call numbers that you have verified'),
    });
    expect(trial.exitCode).toBe(0);
  });

  it('fails a number without voice, and warns of one that another account owns', async () => {
    const mute = await diagnose(
      account(({ twilio: own }) => ({
        twilio: { ...own, numbers: own.numbers.map((number) => ({ ...number, voice: false })) },
      })),
    );
    expect(mute.byName['twilio-number']).toMatchObject({ status: 'failed' });
    const foreign = await diagnose(twilio({ numbers: [] }));
    expect(foreign.byName['twilio-number']).toMatchObject({
      status: 'warning',
      summary: expect.stringContaining('is not among the numbers of this Twilio account'),
    });
  });
});

describe('donna diagnose on webhooks', () => {
  const hook = {
    webhook_id: 'webhook_1',
    name: 'Calls',
    webhook_url: 'https://example.com/hooks/a-token-in-the-path',
    secret: 'wsec_0123456789abcdef',
    is_disabled: false,
    retry_enabled: true,
    request_headers: {},
    created_at_unix: 0,
    consecutive_failures: 0,
    is_auto_disabled: false,
    most_recent_failure_error_code: null,
    most_recent_failure_timestamp: null,
    last_success_timestamp: null,
  };
  const attached = { webhooks: { post_call_webhook_id: 'webhook_1', events: ['transcript'] } };

  async function webhook(change: Partial<typeof hook> & object) {
    const world = await sandbox(account(() => ({ webhooks: [{ ...hook, ...change }], settings: attached })));
    const { byName } = await json(['--only', 'workspace-webhook'], settings(world.url));
    return byName['workspace-webhook'];
  }

  it('passes one that is enabled, and keeps the path of its address to itself', async () => {
    const found = await webhook({});
    expect(found).toMatchObject({ status: 'ok', summary: 'enabled, events: transcript' });
    expect(JSON.stringify(found)).not.toContain('a-token-in-the-path');
  });

  it('fails one that the provider has switched off', async () => {
    expect(await webhook({ is_auto_disabled: true })).toMatchObject({ status: 'failed' });
  });

  it('warns of one that is disabled, and of the last failure', async () => {
    expect(await webhook({ is_disabled: true })).toMatchObject({ status: 'warning' });
    const failing = { most_recent_failure_error_code: 502, most_recent_failure_timestamp: 1_767_225_600 };
    expect(await webhook(failing as never)).toMatchObject({
      status: 'warning',
      summary: 'enabled; last failure 502 at 2026-01-01T00:00:00.000Z',
    });
  });

  it('fails settings that name a webhook that is gone', async () => {
    expect(await webhook({ webhook_id: 'webhook_2' })).toMatchObject({ status: 'failed' });
  });

  it('warns when the secret is not set', async () => {
    const world = await sandbox();
    const { byName } = await json(['--only', 'webhook-secret'], {
      ...settings(world.url),
      webhookSecretSet: false,
    });
    expect(byName['webhook-secret']).toMatchObject({
      status: 'warning',
      fix: expect.stringContaining('webhooks connect'),
    });
  });
});
