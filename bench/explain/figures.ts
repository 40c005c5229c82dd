import { quantile } from '../world/figures.ts';
import { calibrationError } from './calibration-error.ts';
import type { Judgement } from './judge.ts';

export interface KindFigures {
  readonly cases: number;
  readonly first: number | null;
  readonly top3: number | null;
  readonly fieldMap: number | null;
}

/** Shares from 0 to 1; `null` where no case asks. */
export interface Figures {
  readonly cases: number;
  readonly first: number | null;
  readonly top3: number | null;
  /** Of the cases with a map to find. */
  readonly fieldMap: number | null;
  readonly falseAlarms: number | null;
  readonly byKind: Readonly<Record<string, KindFigures>>;
  /** Of the cases with no map to find, on the right operation: those where one was made up. */
  readonly fieldMapInvented: number | null;
  readonly missing: number | null;
  readonly typeErrors: number | null;
  readonly fieldsGone: number | null;
  /** Of the unanswerable ones. */
  readonly abstained: number | null;
  /** Over the answerable cases, ten bins of equal width. */
  readonly calibrationError: number;
  readonly calibrationErrorEqualMass: number;
  /** Over all cases; for an unanswerable one no operation is right. */
  readonly calibrationErrorWithUnanswerable: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export function figuresOf(judgements: readonly Judgement[], timesMs: readonly number[]): Figures {
  const answerable = judgements.filter((one) => one.answerable);
  const kinds = [...new Set(judgements.map((one) => one.case.kind))].sort();
  const byKind = kinds.map((kind) => [kind, ofKind(judgements.filter((one) => one.case.kind === kind))]);
  return {
    cases: judgements.length,
    first: share(answerable.map((one) => one.first)),
    top3: share(answerable.map((one) => one.top3)),
    fieldMap: share(judgements.map((one) => one.fieldMap)),
    falseAlarms: share(judgements.map((one) => one.falseAlarm)),
    byKind: Object.fromEntries(byKind),
    fieldMapInvented: share(answerable.map((one) => one.invented)),
    missing: share(judgements.map((one) => one.missing)),
    typeErrors: share(judgements.map((one) => one.typeErrors)),
    fieldsGone: share(judgements.map((one) => one.fieldsGone)),
    abstained: share(judgements.map((one) => one.abstained)),
    calibrationError: rounded(calibrationError(answerable.map(claimOf), 'width')),
    calibrationErrorEqualMass: rounded(calibrationError(answerable.map(claimOf), 'mass')),
    calibrationErrorWithUnanswerable: rounded(calibrationError(judgements.map(claimOf), 'width')),
    seconds: rounded(timesMs.reduce((sum, time) => sum + time, 0) / 1000),
    p50Ms: rounded(quantile(timesMs, 0.5)),
    p99Ms: rounded(quantile(timesMs, 0.99)),
  };
}

function ofKind(judgements: readonly Judgement[]): KindFigures {
  const answerable = judgements.filter((one) => one.answerable);
  return {
    cases: judgements.length,
    first: share(answerable.map((one) => one.first)),
    top3: share(answerable.map((one) => one.top3)),
    fieldMap: share(judgements.map((one) => one.fieldMap)),
  };
}

function claimOf({ confidence, firstIsRight, answerable }: Judgement) {
  return { confidence, right: answerable && firstIsRight };
}

function share(answers: readonly (boolean | undefined)[]): number | null {
  const given = answers.filter((answer) => answer !== undefined);
  return given.length === 0 ? null : rounded(given.filter(Boolean).length / given.length);
}

function rounded(value: number): number {
  return Number(value.toFixed(4));
}
