// Learns the weights of src/diagnosis/match/weights.ts from case files (bench/explain-make.ts makes them; more files, better weights):
//   npm run bench:explain-fit -- <file.jsonl>... [--write] [--apart]
// A conditional logit: the chance of an operation is its share of e^score among all that were looked at and "none of them". So the scores
// come out as chances, and the confidence that people see means something. `--apart` leaves out each API in turn (the folder of its
// document) and tests on it.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { candidates } from '../src/diagnosis/match/candidates.ts';
import { weights as known } from '../src/diagnosis/match/weights.ts';
import type { ApiDocument } from '../src/diagnosis/spec/api-document.ts';
import { readApiDocument } from '../src/diagnosis/spec/read-api-document.ts';
import { exchangeOf } from './explain/exchange-of.ts';
import { readCases } from './explain/read-cases.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    write: { type: 'boolean', default: false },
    apart: { type: 'boolean', default: false },
    steps: { type: 'string', default: '300' },
  },
});
if (positionals.length === 0) {
  console.error('usage: npm run bench:explain-fit -- <file.jsonl>... [--write] [--apart]');
  process.exit(2);
}

const names = Object.keys(known) as (keyof typeof known)[];
/** The weight of "none of them" is learned as one more. */
const SIZE = names.length + 1;
/** Keeps a weight near zero that the cases say little about. */
const RIDGE = 0.0004;

/** Operations that come after these share what is left of the chance, which is next to nothing. */
const MOST_ROWS = 12;

interface Sample {
  readonly api: string;
  readonly kind: string;
  readonly weight: number;
  /** One row an operation; the last row is "none". */
  readonly rows: Float64Array;
  readonly count: number;
  readonly right: readonly number[];
}

const documents = new Map<string, ApiDocument>();
const samples = positionals.flatMap(readSamples);
console.log(`${samples.length} cases with the right operation among those looked at closely`);
if (values.apart) tellApart();
const fitted = learn(samples);
tell('fitted on all', samples, fitted);
if (values.write) write(fitted);

function readSamples(file: string): Sample[] {
  let lost = 0;
  const found = readCases(file).flatMap((one): Sample[] => {
    const specFile = one.spec_file;
    const exchange = exchangeOf(one.request);
    const all = [...candidates(exchange.request, documentAt(specFile), exchange.reply)]
      .sort((a, b) => b.score - a.score)
      .slice(0, MOST_ROWS);
    const unanswerable = one.expected.unanswerable === true;
    const right = unanswerable
      ? [all.length]
      : all.flatMap(({ entry: { operation } }, index) => (isRight(one.expected, operation) ? [index] : []));
    if (right.length === 0) {
      lost++;
      return [];
    }
    const rows = new Float64Array((all.length + 1) * SIZE);
    for (const [index, { features }] of all.entries()) {
      for (const [column, name] of names.entries()) rows[index * SIZE + column] = features[name];
    }
    rows[all.length * SIZE + SIZE - 1] = 1;
    // What people really did is rarer in the files than what a program made, and worth more.
    const weight = /^(?:real|donna|deprecated)/.test(one.kind) ? 12 : 1;
    return [
      {
        api: path.basename(path.dirname(specFile)),
        kind: one.kind,
        weight,
        rows,
        count: all.length + 1,
        right,
      },
    ];
  });
  console.log(`${file}: ${found.length} cases, ${lost} without the right operation in sight`);
  return found;
}

function isRight(
  expected: { method?: string; path?: string; accept_any?: readonly (readonly [string, string])[] },
  operation: { method: string; path: string },
): boolean {
  const accepted = [[expected.method, expected.path], ...(expected.accept_any ?? [])];
  return accepted.some(([method, template]) => method === operation.method && template === operation.path);
}

function documentAt(file: string): ApiDocument {
  const found = documents.get(file);
  if (found) return found;
  const made = readApiDocument(JSON.parse(readFileSync(file, 'utf8')), { kind: 'file', name: file });
  documents.set(file, made);
  return made;
}

/** Adam on the mean log loss; the cases are few enough to take all at each step. */
function learn(from: readonly Sample[]): Float64Array {
  const weights = new Float64Array(SIZE);
  for (const [index, name] of names.entries()) weights[index] = known[name];
  weights[SIZE - 1] = 5;
  const [mean, square] = [new Float64Array(SIZE), new Float64Array(SIZE)];
  const total = from.reduce((sum, { weight }) => sum + weight, 0);
  const steps = Number(values.steps);
  for (let step = 1; step <= steps; step++) {
    const gradient = new Float64Array(SIZE);
    for (const sample of from) addGradient(sample, weights, gradient);
    const rate = 0.15 * (1 - step / (steps + 1));
    for (let column = 0; column < SIZE; column++) {
      const slope = (gradient[column] ?? 0) / total + 2 * RIDGE * (weights[column] ?? 0);
      mean[column] = 0.9 * (mean[column] ?? 0) + 0.1 * slope;
      square[column] = 0.999 * (square[column] ?? 0) + 0.001 * slope * slope;
      const [corrected, spread] = [
        (mean[column] ?? 0) / (1 - 0.9 ** step),
        (square[column] ?? 0) / (1 - 0.999 ** step),
      ];
      weights[column] = (weights[column] ?? 0) - (rate * corrected) / (Math.sqrt(spread) + 1e-8);
    }
  }
  return weights;
}

function addGradient(sample: Sample, weights: Float64Array, gradient: Float64Array): void {
  const chance = chances(sample, weights);
  const rightShare = sample.right.reduce((sum, index) => sum + (chance[index] ?? 0), 0) || 1e-12;
  for (let row = 0; row < sample.count; row++) {
    const right = sample.right.includes(row) ? (chance[row] ?? 0) / rightShare : 0;
    const pull = ((chance[row] ?? 0) - right) * sample.weight;
    if (Math.abs(pull) < 1e-9) continue;
    for (let column = 0; column < SIZE; column++) {
      gradient[column] = (gradient[column] ?? 0) + pull * (sample.rows[row * SIZE + column] ?? 0);
    }
  }
}

function chances({ rows, count }: Sample, weights: Float64Array): Float64Array {
  const scores = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    let sum = 0;
    for (let column = 0; column < SIZE; column++)
      sum += (rows[row * SIZE + column] ?? 0) * (weights[column] ?? 0);
    scores[row] = sum;
  }
  const top = Math.max(...scores);
  let all = 0;
  for (let row = 0; row < count; row++) all += scores[row] = Math.exp((scores[row] ?? 0) - top);
  return scores.map((one) => one / all);
}

function tell(title: string, from: readonly Sample[], weights: Float64Array): void {
  const kinds = new Map<string, { all: number; first: number; loss: number }>();
  let [first, loss, gap] = [0, 0, 0];
  const bins = Array.from({ length: 10 }, () => ({ count: 0, sure: 0, right: 0 }));
  for (const sample of from) {
    const chance = chances(sample, weights);
    const best = chance.indexOf(Math.max(...chance));
    const isFirst = sample.right.includes(best);
    const cost = -Math.log(sample.right.reduce((sum, index) => sum + (chance[index] ?? 0), 0) + 1e-12);
    const kind = kinds.get(sample.kind) ?? { all: 0, first: 0, loss: 0 };
    kinds.set(sample.kind, {
      all: kind.all + 1,
      first: kind.first + (isFirst ? 1 : 0),
      loss: kind.loss + cost,
    });
    if (isFirst) first++;
    loss += cost;
    const bin = bins[Math.min(9, Math.floor((chance[best] ?? 0) * 10))];
    if (bin) {
      bin.count++;
      bin.sure += chance[best] ?? 0;
      bin.right += isFirst ? 1 : 0;
    }
  }
  for (const bin of bins) gap += Math.abs(bin.sure - bin.right) / from.length;
  console.log(
    `\n${title}: first ${(first / from.length).toFixed(4)}, loss ${(loss / from.length).toFixed(4)}, calibration error ${gap.toFixed(4)}`,
  );
  for (const [kind, { all, first: right, loss: cost }] of [...kinds].sort()) {
    if (right < all)
      console.log(
        `  ${kind.padEnd(24)} ${(right / all).toFixed(3)} of ${all}, loss ${(cost / all).toFixed(3)}`,
      );
  }
}

function tellApart(): void {
  for (const api of new Set(samples.map((one) => one.api))) {
    const rest = samples.filter((one) => one.api !== api);
    tell(
      `${api}, fitted without it`,
      samples.filter((one) => one.api === api),
      learn(rest),
    );
  }
}

function write(weights: Float64Array): void {
  const rows = names.map(
    (name, index) => `  ${name}: ${(weights[index] ?? 0).toFixed(3).replace(/\.?0+$/, '') || '0'},`,
  );
  writeFileSync(
    'src/diagnosis/match/weights.ts',
    `import type { Features } from './features.ts';

/** Made by \`npm run bench:explain-fit\`; not written by hand. */
export const weights: Readonly<Record<keyof Features, number>> = {
${rows.join('\n')}
};

/** What "none of them" weighs beside the operations. */
export const noneWeight = ${(weights[SIZE - 1] ?? 0).toFixed(3)};
`,
  );
  console.log('\nwritten: src/diagnosis/match/weights.ts');
}
