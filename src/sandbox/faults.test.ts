import { describe, expect, it } from 'vitest';
import { createFaults } from './faults.ts';

const dial = { operation: 'dialTwilio', method: 'POST', path: '/v1/x', webhook: false };

describe('fault rules', () => {
  it('strike in their order, as often as they say', () => {
    const faults = createFaults();
    faults.add({ operation: 'dialTwilio', times: 2, fault: { kind: 'reply-lost' } });
    faults.add({ path: '/v1/x', fault: { kind: 'malformed-json' } });
    const kinds = [0, 1, 2, 3].map(() => faults.take(dial)?.kind);
    expect(kinds).toEqual(['reply-lost', 'reply-lost', 'malformed-json', undefined]);
    expect(faults.list()).toEqual([]);
  });

  it('of a webhook never strike a request, and the other way round', () => {
    const faults = createFaults();
    faults.add({ fault: { kind: 'webhook-lost' } });
    expect(faults.take(dial)).toBeUndefined();
    expect(faults.take({ operation: 'post_call_audio', webhook: true })?.kind).toBe('webhook-lost');
  });

  it('refuse dials alone', () => {
    const faults = createFaults();
    faults.add({ fault: { kind: 'refuse-dial' } });
    expect(faults.take({ ...dial, operation: 'listAgents' })).toBeUndefined();
    expect(faults.take(dial)?.kind).toBe('refuse-dial');
  });

  it('are refused when they make no sense', () => {
    expect(() => createFaults().add({ times: 0, fault: { kind: 'reply-lost' } })).toThrow();
    expect(() => createFaults().add({ fault: { kind: 'status', status: 200 } })).toThrow();
  });
});
