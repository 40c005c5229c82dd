import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../kernel/virtual-clock.ts';
import type { CheckContext } from './check.ts';
import { lines } from './lines.ts';

const twilio = { phone_number_id: 'phnum_1', phone_number: '+12125550101', label: 'One', provider: 'twilio' };
const trunk = {
  phone_number_id: 'phnum_2',
  phone_number: '+12125550102',
  label: 'Two',
  provider: 'sip_trunk',
};

function check(body: unknown, lineId?: string) {
  const context: CheckContext = {
    settings: {
      elevenlabs: { baseUrl: 'https://api.example.com', ...(lineId === undefined ? {} : { lineId }) },
      webhookSecretSet: false,
    },
    clock: createVirtualClock(),
    sandbox: false,
    ask: async () => ({ kind: 'reply', status: 200, headers: {}, body, tookMs: 1, atMs: 0 }),
  };
  return lines.run(context);
}

describe('lines', () => {
  it('takes the only line that may dial', async () => {
    expect(await check([twilio, trunk])).toMatchObject({ status: 'ok', summary: 'phnum_1 may dial out' });
  });

  it('asks for a choice between several', async () => {
    const other = { ...trunk, outbound_trunk: { address: 'sip.example.com' } };
    expect(await check([twilio, other])).toMatchObject({
      status: 'warning',
      fix: expect.stringContaining('phnum_1, phnum_2'),
    });
  });

  it('fails without a line', async () => {
    expect(await check([])).toMatchObject({ status: 'failed', summary: 'the account has no line' });
  });

  it.each([
    [{ ...twilio, supports_outbound: false }, 'may not place calls'],
    [{ ...twilio, provider: 'plivo' }, 'belongs to plivo'],
    [{ ...twilio, provider: null }, 'belongs to no named provider'],
    [{ ...twilio, provider: 'sip_trunk', outbound_trunk: null }, 'has no outbound trunk'],
  ])('fails when the configured line cannot dial: %j', async (line, words) => {
    const other = { ...twilio, phone_number_id: 'phnum_3', phone_number: '+12125550103' };
    expect(await check([line, other], 'phnum_1')).toMatchObject({
      status: 'failed',
      summary: expect.stringContaining(words),
      fix: 'Use one of phnum_3.',
    });
  });

  it('reads the older form of a trunk', async () => {
    expect(await check([{ ...trunk, provider_config: { address: 'sip.example.com' } }])).toMatchObject({
      status: 'ok',
    });
  });

  it('finds a line by its number however it is written, and shows no whole number', async () => {
    const result = await check([twilio], '+1 (212) 555-0101');
    expect(result.status).toBe('ok');
    expect(JSON.stringify(result)).not.toMatch(/\+12125550101|555-0101/);
  });
});
