import type { FinishedCheck } from '../doctor/run-checks.ts';

export interface RootCause {
  readonly check: FinishedCheck;
  /** Checks that could say nothing because of it. */
  readonly explains: readonly string[];
  /** Checks that failed for reasons of their own. */
  readonly besides: readonly string[];
}

/** The first check that failed: those after it need it or are less likely to be the cause. `undefined` when none did. */
export function rootCause(finished: readonly FinishedCheck[]): RootCause | undefined {
  const failed = finished.filter(({ status }) => status === 'failed');
  const [check, ...others] = failed;
  if (!check) return undefined;
  return {
    check,
    explains: finished.filter(({ because }) => because === check.name).map(({ name }) => name),
    besides: others.map(({ name }) => name),
  };
}
