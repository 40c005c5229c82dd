import { describe, expect, it } from 'vitest';
import { sandbox } from './run-diagnose.ts';
import { donnaExplain, emptySettings, explained } from './run-explain.ts';

/** The request that this project began with, as it stood in a script. */
const seed = `curl -X POST 'https://api.elevenlabs.io/v1/convai/phone-number/phnum_9d41kq/call' \\
  -H "xi-api-key: sk_0000111122223333444455556666777788889999aaaabbbb" \\
  -H 'Content-Type: application/json' \\
  -d '{
    "agent_id": "agent_5f2kq8",
    "to_phone_number": "+12125550142",
    "dynamic_variables": {"customer_name": "Ada", "invoice_number": "INV-1001"}
  }'`;
const key = 'sk_0000111122223333444455556666777788889999aaaabbbb';

describe('the seed case, explained', () => {
  it('names the endpoint that was meant, and all four key differences', async () => {
    const report = await explained([seed, '--status', '404', '--offline'], await emptySettings());
    expect(report).toMatchObject({
      verdict: 'wrong',
      operation: { method: 'POST', fullPath: '/v1/convai/twilio/outbound-call' },
      documents: [{ origin: { kind: 'wire' } }],
      exitCode: 1,
    });
    // Endpoint, id into the body, other name, nested.
    expect(report.findings.some(({ where }) => where.part === 'path')).toBe(true);
    expect(Object.values(report.fieldMap).sort()).toEqual([
      'agent_phone_number_id',
      'conversation_initiation_client_data.dynamic_variables',
      'to_number',
    ]);
    expect(report.fieldMap).toMatchObject({
      to_phone_number: 'to_number',
      dynamic_variables: 'conversation_initiation_client_data.dynamic_variables',
    });
    expect(report.fix?.request.body).toEqual({
      kind: 'json',
      value: {
        agent_id: 'agent_5f2kq8',
        agent_phone_number_id: 'phnum_9d41kq',
        to_number: '+12125550142',
        conversation_initiation_client_data: {
          dynamic_variables: { customer_name: 'Ada', invoice_number: 'INV-1001' },
        },
      },
    });
  });

  it('is checked: valid by the document, and a 200 of the sandbox where it was a 404', async () => {
    const report = await explained([seed, '--status', '404', '--offline', '--check'], await emptySettings());
    expect(report.proof).toMatchObject({
      conforms: { ok: true },
      sandbox: { before: 404, after: 200, what: expect.stringContaining('success: true') },
    });
    expect(report.proof?.probed).toBeUndefined();
  });

  it('is explained by the live document as well, which is kept for the next time', async () => {
    const { url } = await sandbox();
    const settings = await emptySettings({ ELEVENLABS_BASE_URL: url });
    const first = await explained([seed], settings);
    expect(first).toMatchObject({
      operation: { fullPath: '/v1/convai/twilio/outbound-call' },
      documents: [{ origin: { kind: 'live' } }],
    });
    const second = await explained([seed, '--offline'], settings);
    expect(second.documents).toMatchObject([{ origin: { kind: 'cache', date: expect.any(String) } }]);
  });

  it('is probed only where that is asked for, with an empty body', async () => {
    const { url, journal } = await sandbox();
    const settings = await emptySettings({ ELEVENLABS_BASE_URL: url, ELEVENLABS_API_KEY: 'sandbox' });
    await explained([seed, '--check'], settings);
    expect(journal.requests.some(({ method }) => method === 'POST')).toBe(false);
    const probed = await explained([seed, '--probe'], settings);
    expect(probed.proof?.probed).toMatchObject({ status: 422 });
    expect(journal.requests.filter(({ method }) => method === 'POST')).toMatchObject([
      { path: '/v1/convai/twilio/outbound-call', status: 422 },
    ]);
    expect(journal.rings).toEqual([]);
  });

  it.each(['text', 'md', 'json', 'sarif'])('shows no key in the format %s', async (format) => {
    const { out, err } = await donnaExplain(
      [seed, '--offline', '--check', '--format', format],
      await emptySettings(),
    );
    expect(out.length).toBeGreaterThan(200);
    expect(out + err).not.toContain(key);
  });

  it('has its answer in the first three lines', async () => {
    const { out } = await donnaExplain([seed, '--status', '404', '--offline'], await emptySettings());
    const [first = '', second = '', third = ''] = out.split('\n');
    expect([first, second, third].join(' ')).toContain('/v1/convai/twilio/outbound-call');
  });

  it.each([
    ['curl', /^curl /m],
    ['ts', /await fetch\(/],
    ['python', /httpx/],
  ])('writes the right request as %s', async (language, words) => {
    const { out } = await donnaExplain([seed, '--offline', '--lang', language], await emptySettings());
    expect(out).toMatch(words);
  });

  it('that is right is told so, with exit code 0', async () => {
    const right = `curl https://api.elevenlabs.io/v1/convai/twilio/outbound-call -H "xi-api-key: $KEY" --json '{"agent_id":"agent_5f2kq8",
      "agent_phone_number_id":"phnum_9d41kq","to_number":"+12125550142"}'`;
    expect(await explained([right, '--offline'], await emptySettings())).toMatchObject({
      verdict: 'nothing-wrong',
      exitCode: 0,
    });
  });
});
