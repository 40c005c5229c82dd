import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Case } from '../../test/fixtures/openapi/case.ts';

/** The cases of a JSONL file, with their document's path from here. */
export function readCases(file: string): Case[] {
  const folder = path.dirname(path.resolve(file));
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const one = JSON.parse(line) as Case;
      return { ...one, spec_file: path.resolve(folder, one.spec_file) };
    });
}
