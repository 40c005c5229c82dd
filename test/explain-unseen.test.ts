import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { figuresOf } from '../bench/explain/figures.ts';
import { runCases } from '../bench/explain/run-cases.ts';
import { createCaseMaker } from './fixtures/openapi/create-case-maker.ts';
import { harbour } from './fixtures/openapi/harbour.ts';
import { loom } from './fixtures/openapi/loom.ts';
import { slipKinds } from './fixtures/openapi/mutate.ts';
import { readSource } from './fixtures/openapi/source.ts';

const houses = [
  { name: 'harbour', root: harbour, other: loom },
  { name: 'loom', root: loom, other: harbour },
];
const documents = new Map(houses.map(({ name, root }) => [name, root]));

function makerOf(root: typeof harbour, specFile: string) {
  return createCaseMaker(readSource(root), { api: specFile, specFile, seed: 4 });
}

describe.each(houses)('an API that nothing was tuned to: $name', ({ name, root, other }) => {
  const maker = makerOf(root, name);

  it('has its slips explained', { timeout: 60_000 }, () => {
    const cases = slipKinds.flatMap((kind) => maker.slips(kind, 8));
    const { judgements, timesMs } = runCases(cases, documents);
    const { first, top3, fieldMap, fieldMapInvented } = figuresOf(judgements, timesMs);
    expect(first).toBeGreaterThanOrEqual(0.97);
    expect(top3).toBeGreaterThanOrEqual(0.99);
    expect(fieldMap).toBeGreaterThanOrEqual(0.93);
    expect(fieldMapInvented).toBeLessThanOrEqual(0.02);
  });

  it('raises no alarm over a valid request', { timeout: 60_000 }, () => {
    const { judgements } = runCases(maker.valid(120), documents);
    expect(judgements.filter((one) => one.falseAlarm).map((one) => one.case.request)).toEqual([]);
  });

  it('takes nothing of another API for one of its own', { timeout: 60_000 }, () => {
    const target = readSource(root);
    const host = target.operations[0]?.host;
    const strangers = makerOf(other, name);
    const cases = [...strangers.strangers(target, 40, host), ...strangers.strangers(target, 40, undefined)];
    const { judgements, timesMs } = runCases(cases, documents);
    expect(figuresOf(judgements, timesMs).abstained).toBeGreaterThanOrEqual(0.95);
  });
});

it('has no weight, rule or word that names a vendor', () => {
  const vendors = /eleven ?labs|twilio|telnyx|github|convai|exotel|xi-api-key/i;
  const named = ['match', 'rules'].flatMap((part) => {
    const folder = path.resolve('src/diagnosis', part);
    return readdirSync(folder)
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .filter((file) => vendors.test(readFileSync(path.join(folder, file), 'utf8')));
  });
  expect(named).toEqual([]);
});
