import type { RouteStep } from './match.ts';
import type { RouteEntry } from './route-index.ts';
import type { SentPath, SentSegment } from './sent-path.ts';
import type { TemplateStep } from './template.ts';

/** A sent path laid beside a template, so that as much as possible fits. */
export interface Alignment {
  /** What the two have in common, over what either has (Dice, by weight). 0 to 1. */
  readonly likeness: number;
  readonly pairs: readonly Pair[];
}

/** `sent` and `right` are numbers of segments; -1 where the other has no counterpart. */
export interface Pair {
  readonly sent: number;
  readonly right: number;
}

/** What a segment costs that the other path does not have: it only breaks ties, the likeness says the rest. */
const SKIP = 0.04;
/** Two words less alike than this are not taken for each other. */
const LEAST_LIKENESS = 0.5;

/** How near a path is to each entry of its index. Entries that follow each other share the beginning of their path, compared once. */
export function likenessTo(sent: SentPath): (entry: RouteEntry) => number {
  const table = new Float64Array((sent.segments.length + 1) * MOST_COLUMNS);
  let before: RouteEntry | undefined;
  return (entry) => {
    if (entry.steps.length >= MOST_COLUMNS) return fill(sent, entry).gain * scale(sent, entry);
    const from = before ? sameBeginning(before.literals, entry.literals) : 0;
    before = entry;
    return fill(sent, entry, table, from).gain * scale(sent, entry);
  };
}

const MOST_COLUMNS = 32;

function sameBeginning(one: readonly number[], other: readonly number[]): number {
  let count = 0;
  while (count < one.length && one[count] === other[count]) count++;
  return count;
}

export function align(sent: SentPath, entry: RouteEntry): Alignment {
  const { gain, table, height } = fill(sent, entry);
  const pairs: Pair[] = [];
  let row = sent.segments.length;
  let column = entry.steps.length;
  while (row > 0 || column > 0) {
    const here = table[column * height + row] ?? 0;
    // Where it makes no difference the parameter that comes last is the one without a value.
    if (column > 0 && close(here, (table[(column - 1) * height + row] ?? 0) - SKIP)) {
      pairs.push({ sent: -1, right: --column });
      continue;
    }
    if (row > 0 && column > 0) {
      const fit = stepGain(sent.segments[row - 1], entry, column - 1);
      if (fit > 0 && close(here, (table[(column - 1) * height + row - 1] ?? 0) + fit)) {
        pairs.push({ sent: --row, right: --column });
        continue;
      }
    }
    pairs.push({ sent: --row, right: -1 });
  }
  return { likeness: gain * scale(sent, entry), pairs: pairs.reverse() };
}

function scale(sent: SentPath, entry: RouteEntry): number {
  const both = sent.weight + entry.weight;
  return both === 0 ? 1 : 2 / both;
}

/**
 * Needleman-Wunsch: the best sum of what pairs gain, in the order of both paths. The table has a column for each step of the entry, one
 * after the other; the first `from` of them are there already, after the one for no step at all.
 */
function fill(
  sent: SentPath,
  entry: RouteEntry,
  table = new Float64Array((sent.segments.length + 1) * (entry.steps.length + 1)),
  from = 0,
): { gain: number; table: Float64Array; height: number } {
  const rows = sent.segments.length;
  const columns = entry.steps.length;
  const height = rows + 1;
  if (from === 0) for (let row = 0; row <= rows; row++) table[row] = -SKIP * row;
  for (let column = from + 1; column <= columns; column++) {
    const here = column * height;
    table[here] = -SKIP * column;
    for (let row = 1; row <= rows; row++) {
      const fit = stepGain(sent.segments[row - 1], entry, column - 1);
      const paired = fit > 0 ? (table[here - height + row - 1] ?? 0) + fit : Number.NEGATIVE_INFINITY;
      const skipped = Math.max(table[here + row - 1] ?? 0, table[here - height + row] ?? 0) - SKIP;
      table[here + row] = paired >= skipped ? paired : skipped;
    }
  }
  const gain = table[columns * height + rows] ?? 0;
  return { gain: rows + columns === 0 ? 1 : Math.max(0, gain), table, height };
}

function stepGain(segment: SentSegment | undefined, entry: RouteEntry, column: number): number {
  const literal = entry.literals[column] ?? -1;
  const weight = entry.weights[column] ?? 0;
  if (!segment) return 0;
  if (literal < 0) return weight * segment.asValue;
  const { score } = segment.likeness(literal);
  return score < LEAST_LIKENESS ? 0 : weight * score;
}

function close(left: number, right: number): boolean {
  return Math.abs(left - right) < 1e-9;
}

/**
 * Of neighbouring parameters of which one has no value in the path, the one is meant whose value lies elsewhere in the request, under its
 * own name: `/repos/{owner}` with `repo` in the body.
 */
export function settle(
  alignment: Alignment,
  entry: RouteEntry,
  sentElsewhere: ReadonlySet<string>,
): Alignment {
  const pairs = [...alignment.pairs];
  for (let index = 1; index < pairs.length; index++) {
    const [before, here] = [pairs[index - 1], pairs[index]];
    if (!before || !here || before.sent < 0 || here.sent >= 0) continue;
    const [first, second] = [entry.steps[before.right], entry.steps[here.right]];
    if (first?.kind !== 'parameter' || second?.kind !== 'parameter') continue;
    const elsewhere = (names: readonly string[]) => names.some((name) => sentElsewhere.has(name));
    if (!elsewhere(first.names) || elsewhere(second.names)) continue;
    pairs[index - 1] = { sent: -1, right: before.right };
    pairs[index] = { sent: before.sent, right: here.right };
  }
  return { likeness: alignment.likeness, pairs };
}

/** The alignment in the words of a Match. */
export function routeSteps(sent: SentPath, entry: RouteEntry, { pairs }: Alignment): RouteStep[] {
  return pairs.map(({ sent: row, right: column }): RouteStep => {
    const segment = sent.segments[row];
    const step = entry.steps[column];
    if (segment && step) return pairedStep(segment, step, entry.literals[column] ?? -1);
    if (segment) return { kind: 'extra', sent: segment.raw };
    if (!step) throw new Error('a pair of nothing');
    return step.kind === 'literal'
      ? { kind: 'absent', right: step.text, base: step.base }
      : { kind: 'absent', right: step.text, parameter: step.names[0] ?? step.text, base: step.base };
  });
}

function pairedStep(segment: SentSegment, step: TemplateStep, literal: number): RouteStep {
  if (step.kind === 'literal') {
    const { how } = segment.likeness(literal);
    return how === 'same'
      ? { kind: 'same', sent: segment.raw, right: step.text }
      : { kind: 'changed', sent: segment.raw, right: step.text, how };
  }
  const values = step.read(segment.raw);
  const [parameter = step.text] = step.names;
  if (values) {
    return { kind: 'value', sent: segment.raw, right: segment.raw, parameter, value: segment.text };
  }
  // The text around the value was left out, such as `.json`.
  const right = step.text.replace(/\{[^{}]*\}/, segment.raw);
  return { kind: 'changed', sent: segment.raw, right, how: 'other' };
}
