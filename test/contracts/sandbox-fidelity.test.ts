import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fidelity } from '../../src/sandbox/index.ts';

const folder = new URL('.', import.meta.url);

it('names a test for each statement, and each one once', () => {
  const titles = readdirSync(folder)
    .filter((file) => file.startsWith('sandbox-facts-'))
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    .flatMap((source) => [...source.matchAll(/^\s*it\('([^']+)'/gm)].map((match) => match[1]));
  expect(fidelity.filter((row) => !titles.includes(row.test))).toEqual([]);
  expect(new Set(fidelity.map((row) => row.statement)).size).toBe(fidelity.length);
  expect(new Set(fidelity.map((row) => row.test)).size).toBe(fidelity.length);
});
