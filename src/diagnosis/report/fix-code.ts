import { writeCurl } from '../exchange/write-curl.ts';
import { writePython } from '../exchange/write-python.ts';
import { writeTypescript } from '../exchange/write-typescript.ts';
import type { Fix } from '../explanation.ts';

export type CodeLanguage = 'curl' | 'ts' | 'python';

/** As people call them. */
export const codeNames: Readonly<Record<CodeLanguage, string>> = {
  curl: 'curl',
  ts: 'TypeScript, fetch',
  python: 'Python, httpx',
};

const writers = { curl: writeCurl, ts: writeTypescript, python: writePython };

/** The corrected request as code that runs, without a line feed at its end. */
export function fixCode({ request, holes }: Fix, language: CodeLanguage): string {
  return writers[language](request, holes).trimEnd();
}
