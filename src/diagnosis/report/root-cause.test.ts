import { describe, expect, it } from 'vitest';
import type { FinishedCheck } from '../doctor/run-checks.ts';
import { rootCause } from './root-cause.ts';

const finished = (name: string, status: FinishedCheck['status'], because?: string): FinishedCheck => ({
  name,
  title: name,
  status,
  summary: '',
  evidence: [],
  tookMs: 0,
  ...(because === undefined ? {} : { because }),
});

describe('rootCause', () => {
  it('is the first check that failed, with what it explains and what else failed', () => {
    expect(
      rootCause([
        finished('a', 'warning'),
        finished('b', 'failed'),
        finished('c', 'skipped', 'b'),
        finished('d', 'skipped', 'e'),
        finished('e', 'failed'),
        finished('f', 'skipped'),
      ]),
    ).toMatchObject({ check: { name: 'b' }, explains: ['c'], besides: ['e'] });
  });

  it('is none where nothing failed', () => {
    expect(
      rootCause([finished('a', 'ok'), finished('b', 'warning'), finished('c', 'skipped')]),
    ).toBeUndefined();
  });
});
