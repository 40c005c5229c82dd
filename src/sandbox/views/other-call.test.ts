import { afterEach, expect, it } from 'vitest';
import { type OpenSandbox, openSandbox } from '../../../test/fixtures/open-sandbox.ts';
import { twilioCall } from '../../wire/twilio/call.ts';
import { demo } from '../demo-account.ts';

const sid = `CA${'a'.repeat(32)}`;
let sandbox: OpenSandbox;
afterEach(() => sandbox.close());

it('shows a call of somebody else at Twilio, in the order of time, and at ElevenLabs not at all', async () => {
  sandbox = await openSandbox({
    state: (account) => ({
      ...account,
      twilio: {
        ...account.twilio,
        other_calls: [
          {
            sid,
            parent_call_sid: null,
            direction: 'outbound-api',
            from: demo.twilioNumber,
            to: '+12125550142',
            status: 'completed',
            started_at_ms: Date.UTC(2026, 0, 5, 15, 1),
            duration_secs: 61,
            price: 0.028,
          },
        ],
      },
    }),
  });
  await sandbox.dial('+12125550142');
  await sandbox.clock.advance(120_000);
  await sandbox.dial('+12125550142');
  const { calls } = (await sandbox.twilio('GET', '/Calls.json')).json;
  expect(calls).toHaveLength(3);
  const other = twilioCall.parse(calls[1]);
  expect(other).toMatchObject({
    sid,
    status: 'completed',
    duration: '61',
    price: '-0.02800',
    price_unit: 'USD',
  });
  expect((await sandbox.twilio('GET', `/Calls/${sid}.json`)).json).toEqual(calls[1]);
  expect((await sandbox.twilio('POST', `/Calls/${sid}.json`, { Status: 'completed' })).status).toBe(400);
  expect((await sandbox.get('/v1/convai/conversations')).json.conversations).toHaveLength(2);
});
