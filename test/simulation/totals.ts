import type { RunResult } from './run-seed.ts';

/** What many runs add up to. */
export interface Totals {
  readonly seeds: number;
  readonly calls: number;
  readonly attempts: number;
  readonly dials: number;
  readonly crashes: number;
  readonly takeovers: number;
  readonly placed: number;
  readonly byThemselves: number;
  readonly byPerson: number;
  readonly untold: number;
  readonly simulatedHours: number;
  readonly failures: readonly Failure[];
}

export interface Failure {
  readonly seed: number;
  readonly violations: readonly string[];
}

export const noTotals: Totals = {
  seeds: 0,
  calls: 0,
  attempts: 0,
  dials: 0,
  crashes: 0,
  takeovers: 0,
  placed: 0,
  byThemselves: 0,
  byPerson: 0,
  untold: 0,
  simulatedHours: 0,
  failures: [],
};

export function totalsOf({ seed, violations, simulatedMs, ...run }: RunResult): Totals {
  const { calls, attempts, dials, crashes, takeovers, placed, byThemselves, byPerson, untold } = run;
  return {
    ...{ calls, attempts, dials, crashes, takeovers, placed, byThemselves, byPerson, untold },
    seeds: 1,
    simulatedHours: simulatedMs / 3_600_000,
    failures: violations.length > 0 ? [{ seed, violations }] : [],
  };
}

export function addTotals(a: Totals, b: Totals): Totals {
  const sum = (name: Exclude<keyof Totals, 'failures'>) => a[name] + b[name];
  return {
    seeds: sum('seeds'),
    calls: sum('calls'),
    attempts: sum('attempts'),
    dials: sum('dials'),
    crashes: sum('crashes'),
    takeovers: sum('takeovers'),
    placed: sum('placed'),
    byThemselves: sum('byThemselves'),
    byPerson: sum('byPerson'),
    untold: sum('untold'),
    simulatedHours: sum('simulatedHours'),
    failures: [...a.failures, ...b.failures].sort((one, other) => one.seed - other.seed),
  };
}

/** Of the attempts that were really placed and whose records could be read: the share that ended without anybody being asked. */
export function shareByThemselves({ placed, byThemselves, untold }: Totals): number {
  return placed === untold ? 1 : byThemselves / (placed - untold);
}
