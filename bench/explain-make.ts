// Writes a case file for bench:explain from any OpenAPI document: valid requests, requests with one slip each, and
// with `--unanswerable --from <other document>` requests of another API. The same seed writes the same file.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Case } from '../test/fixtures/openapi/case.ts';
import { createCaseMaker } from '../test/fixtures/openapi/create-case-maker.ts';
import { slipKinds } from '../test/fixtures/openapi/mutate.ts';
import { type Json, readSource } from '../test/fixtures/openapi/source.ts';

const usage = `usage: node scripts/run.mjs bench/explain-make.ts --spec <file.json> --out <file.jsonl>
  --seed <number>     1 by default
  --count <number>    of cases a kind, 20 by default
  --kinds <a,b>       all by default, control_valid among them
  --host <name>       where the document names no server
  --unanswerable --from <file.json>   requests of that API, half of them under the host of --spec`;

const { values } = parseArgs({
  options: {
    spec: { type: 'string' },
    out: { type: 'string' },
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '20' },
    kinds: { type: 'string' },
    host: { type: 'string' },
    unanswerable: { type: 'boolean', default: false },
    from: { type: 'string' },
  },
});
if (!values.spec || !values.out || (values.unanswerable && !values.from)) {
  console.error(usage);
  process.exit(2);
}
const count = Number(values.count);
const specFile = path.relative(path.dirname(path.resolve(values.out)), path.resolve(values.spec));
const target = sourceOf(values.spec);
const made = values.unanswerable && values.from ? strangersOf(values.from) : ownCases(values.spec);
writeFileSync(values.out, made.map((one) => `${JSON.stringify(one)}\n`).join(''));
console.log(`${made.length} cases in ${values.out}`);

function ownCases(spec: string): Case[] {
  const maker = createCaseMaker(target, { api: nameOf(spec), specFile, seed: values.seed });
  const kinds = values.kinds?.split(',') ?? [...slipKinds, 'control_valid'];
  return kinds.flatMap((kind) => (kind === 'control_valid' ? maker.valid(count) : maker.slips(kind, count)));
}

function strangersOf(from: string): Case[] {
  const maker = createCaseMaker(sourceOf(from, 'other.example.com'), {
    api: nameOf(from),
    specFile,
    seed: values.seed,
  });
  const host = target.operations[0]?.host;
  return [...maker.strangers(target, count, host), ...maker.strangers(target, count, undefined)];
}

function sourceOf(file: string, host = values.host) {
  return readSource(JSON.parse(readFileSync(file, 'utf8')) as Json, host);
}

function nameOf(file: string): string {
  return path.basename(file, '.json');
}
