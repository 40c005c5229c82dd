// `npm run bench:explain`: how often the explanation of a failing request is right.
// With `--cases <file.jsonl>` on those cases; with `--spec <file>...` on requests made from these documents: valid
// ones, ones with one slip each, and unanswerable ones (another of the documents, or of `--from`).
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Case } from '../test/fixtures/openapi/case.ts';
import { createCaseMaker } from '../test/fixtures/openapi/create-case-maker.ts';
import { harbour } from '../test/fixtures/openapi/harbour.ts';
import { loom } from '../test/fixtures/openapi/loom.ts';
import { slipKinds } from '../test/fixtures/openapi/mutate.ts';
import { type Json, readSource, type Source } from '../test/fixtures/openapi/source.ts';
import { figuresOf } from './explain/figures.ts';
import { hasFailed, printFailures, printFigures } from './explain/print-figures.ts';
import { readCases } from './explain/read-cases.ts';
import { runCases } from './explain/run-cases.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', multiple: true },
    spec: { type: 'string', multiple: true },
    from: { type: 'string', multiple: true },
    seed: { type: 'string', default: '1' },
    valid: { type: 'string', default: '2000' },
    slips: { type: 'string', default: '25' },
    unanswerable: { type: 'string', default: '300' },
    kind: { type: 'string', multiple: true },
    host: { type: 'string' },
    json: { type: 'boolean', default: false },
    failures: { type: 'boolean', default: false },
  },
});

const documents = new Map<string, unknown>();
const cases = (values.cases ? values.cases.flatMap(readCases) : madeCases()).filter(
  (one) => !values.kind || values.kind.includes(one.kind),
);
const { judgements, timesMs } = runCases(cases, documents);
const figures = figuresOf(judgements, timesMs);
if (values.failures) printFailures(judgements);
if (values.json) console.log(JSON.stringify(figures, null, 2));
else {
  printFigures(figures);
  const failed = judgements.filter(hasFailed).length;
  if (failed > 0 && !values.failures) console.log(`\n${failed} cases have a fault: --failures shows them.`);
}

function madeCases(): Case[] {
  const named = (values.spec ?? []).map((file) => openDocument(file));
  const targets = named.length > 0 ? named : [withDocument('harbour', harbour), withDocument('loom', loom)];
  const strangers = [...targets, ...(values.from ?? []).map((file) => openDocument(file))];
  if (strangers.length === 1) strangers.push(withDocument('harbour', harbour), withDocument('loom', loom));
  return targets.flatMap((target) => {
    const maker = createCaseMaker(target.source, {
      api: target.name,
      specFile: target.file,
      seed: values.seed,
    });
    const others = strangers.filter((other) => other !== target);
    const each = Math.ceil(Number(values.unanswerable) / others.length / 2);
    return [
      ...maker.valid(Number(values.valid)),
      ...slipKinds.flatMap((kind) => maker.slips(kind, Number(values.slips))),
      ...others.flatMap((other) => {
        const from = createCaseMaker(other.source, {
          api: `${target.name}-${other.name}`,
          specFile: target.file,
          seed: values.seed,
        });
        const host = target.source.operations[0]?.host;
        return [
          ...from.strangers(target.source, each, host),
          ...from.strangers(target.source, each, undefined),
        ];
      }),
    ];
  });
}

interface Opened {
  readonly name: string;
  readonly file: string;
  readonly source: Source;
}

function openDocument(file: string): Opened {
  return withDocument(path.resolve(file), JSON.parse(readFileSync(file, 'utf8')));
}

function withDocument(file: string, root: unknown): Opened {
  documents.set(file, root);
  const name = path.basename(file, '.json');
  // A name of its own for each document that says none, so that no two share a host.
  const host = values.host ?? `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.example.com`;
  return { name, file, source: readSource(root as Json, host) };
}
