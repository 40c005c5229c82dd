import { describe, expect, it } from 'vitest';
import { createEndpointHistory } from './endpoint-history.ts';
import { describeVerdict, endpointVerdict } from './endpoint-verdict.ts';

const history = createEndpointHistory({
  dates: ['2025-01-01', '2025-06-01', '2026-01-01'],
  endpoints: {
    'GET /calls': { first: 0 },
    'POST /calls/new_one': { first: 0, last: 1, next: 'POST /calls/new-one' },
    'POST /calls/new-one': { first: 2 },
    'POST /calls/old': { first: 0, deprecated: 1, next: 'POST /calls/new-one' },
  },
});
const verdict = (path: string, live: Parameters<typeof endpointVerdict>[2]) =>
  endpointVerdict('POST', path, live, history);

describe('endpointVerdict', () => {
  it('says that an endpoint never existed', () => {
    expect(verdict('/dial', 'no-such-path')).toEqual({ kind: 'never-existed', otherMethods: [] });
    expect(describeVerdict(verdict('/dial', 'no-such-path'), history)).toBe(
      'never existed (in no document from 2025-01-01 to 2026-01-01)',
    );
  });

  it('names the methods that the path does take', () => {
    expect(verdict('/calls', 'wrong-method')).toEqual({ kind: 'never-existed', otherMethods: ['GET'] });
  });

  it('dates a removal, with the successor', () => {
    const removed = verdict('/calls/new_one', 'no-such-path');
    expect(removed).toEqual({
      kind: 'removed',
      lastSeen: '2025-06-01',
      goneBy: '2026-01-01',
      successor: 'POST /calls/new-one',
    });
    expect(describeVerdict(removed, history)).toBe(
      'removed: last seen in the document of 2025-06-01, gone by 2026-01-01; POST /calls/new-one took over',
    );
  });

  it('takes an endpoint of the newest document that answers 404 as removed since', () => {
    expect(verdict('/calls/new-one', 'no-such-path')).toEqual({ kind: 'removed', lastSeen: '2026-01-01' });
  });

  it('dates a deprecation', () => {
    expect(verdict('/calls/old', 'exists')).toEqual({
      kind: 'deprecated',
      since: '2025-06-01',
      successor: 'POST /calls/new-one',
    });
  });

  it('says that a permission is missing, whatever the documents know', () => {
    expect(verdict('/dial', 'no-permission')).toEqual({ kind: 'no-permission' });
    expect(verdict('/calls/new_one', 'no-permission')).toEqual({ kind: 'no-permission' });
  });

  it('believes a live answer before the documents', () => {
    expect(verdict('/calls/new_one', 'exists')).toEqual({ kind: 'exists' });
    expect(verdict('/dial', 'exists')).toEqual({ kind: 'exists' });
  });

  it('asks the documents alone where no answer tells', () => {
    expect(verdict('/calls/new-one', 'unknown')).toEqual({ kind: 'exists' });
    expect(verdict('/calls/new_one', 'unknown')).toMatchObject({ kind: 'removed' });
  });
});
