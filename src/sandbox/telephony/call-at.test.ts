import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callees } from '../callees/index.ts';
import { demoAccount } from '../demo-account.ts';
import { callAt, settledAtMs } from './call-at.ts';
import { type CallRecord, callRecord } from './call-record.ts';

const START_MS = Date.UTC(2026, 0, 5, 15);

function record(change: Partial<CallRecord> = {}): CallRecord {
  const { agents } = demoAccount();
  const [donna] = agents;
  return callRecord.parse({
    conversation_id: 'conv_1',
    call_sid: `CA${'0'.repeat(32)}`,
    stream_sid: `MZ${'0'.repeat(32)}`,
    dialled_at_ms: START_MS,
    to: '+12125550142',
    agent: {
      agent_id: donna?.agent_id,
      name: 'Donna',
      conversation_config: donna?.conversation_config,
      platform_settings: donna?.platform_settings,
    },
    line: { phone_number_id: 'phnum_1', phone_number: '+12125550100', provider: 'twilio' },
    client_data: {},
    ringing_timeout_secs: 30,
    recorded_by_carrier: false,
    machine_detection: false,
    callee: 'chats',
    credits_left: 100_000,
    plan: 'creator',
    ...change,
  });
}

const anyCallee = fc.constantFrom(...callees.map((callee) => callee.name));
const order = ['initiated', 'in-progress', 'processing', 'done', 'failed'];

describe('a call at a time', () => {
  it('only ever moves forward, whoever answers', () => {
    fc.assert(
      fc.property(anyCallee, fc.array(fc.nat(120_000), { minLength: 2 }), (callee, times) => {
        const states = times.toSorted((a, b) => a - b).map((ms) => callAt(record({ callee }), START_MS + ms));
        const ranks = states.map((call) => order.indexOf(call.status));
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
        const spoken = states.map((call) => call.spokenSoFar.length);
        expect(spoken).toEqual(spoken.toSorted((a, b) => a - b));
      }),
    );
  });

  it('is the same in every process: it follows from the saved record', () => {
    fc.assert(
      fc.property(anyCallee, fc.nat(120_000), (callee, ms) => {
        const saved = JSON.parse(JSON.stringify(record({ callee })));
        const { record: _ours, ...here } = callAt(record({ callee }), START_MS + ms);
        const { record: _theirs, ...there } = callAt(callRecord.parse(saved), START_MS + ms);
        expect(there).toEqual(here);
      }),
    );
  });

  it('agrees with the carrier on when it is over', () => {
    fc.assert(
      fc.property(anyCallee, fc.nat(120_000), (callee, ms) => {
        const call = callAt(record({ callee }), START_MS + ms);
        const carrierOver = !['queued', 'ringing', 'in-progress'].includes(call.carrierStatus);
        expect(carrierOver).toBe(!['initiated', 'in-progress'].includes(call.status));
      }),
    );
  });

  it('ends where somebody hung up, and never says more than was spoken by then', () => {
    fc.assert(
      fc.property(anyCallee, fc.nat(40_000), (callee, ms) => {
        const hungUp = { at_ms: START_MS + ms, by: 'carrier-completed' } as const;
        const before = callAt(record({ callee }), START_MS + ms);
        const cut = record({ callee, hung_up: hungUp });
        expect(settledAtMs(cut)).toBeLessThanOrEqual(settledAtMs(record({ callee })));
        const after = callAt(cut, START_MS + 1e7);
        expect(after.timeline.turns.length).toBeLessThanOrEqual(before.spokenSoFar.length + 1);
        expect(['done', 'failed']).toContain(after.status);
      }),
    );
  });

  it('lasts 12 to 25 seconds when somebody chats, after 2 to 3 of ringing', () => {
    const { answeredMs = 0, talkMs } = callAt(record(), START_MS).timeline;
    expect(answeredMs).toBeGreaterThanOrEqual(2_000);
    expect(answeredMs).toBeLessThanOrEqual(3_000);
    expect(talkMs).toBeGreaterThanOrEqual(12_000);
    expect(talkMs).toBeLessThanOrEqual(25_000);
  });
});
