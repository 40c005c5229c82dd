import { readFileSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { explain } from '../../src/diagnosis/explain.ts';
import type { ApiDocument } from '../../src/diagnosis/spec/api-document.ts';
import { readApiDocument } from '../../src/diagnosis/spec/read-api-document.ts';
import type { Case } from '../../test/fixtures/openapi/case.ts';
import { exchangeOf } from './exchange-of.ts';
import { type Judgement, judge } from './judge.ts';

export interface CaseRun {
  readonly judgements: readonly Judgement[];
  /** Of each explanation, the document being read before. */
  readonly timesMs: readonly number[];
}

/** Explains every case against its document. `known` holds documents that are in memory already, by `spec_file`. */
export function runCases(cases: readonly Case[], known: ReadonlyMap<string, unknown> = new Map()): CaseRun {
  const documents = new Map<string, ApiDocument>();
  const judgements: Judgement[] = [];
  const timesMs: number[] = [];
  for (const one of cases) {
    const document = documents.get(one.spec_file) ?? read(one.spec_file, known);
    documents.set(one.spec_file, document);
    const exchange = exchangeOf(one.request);
    const started = performance.now();
    const explanation = explain(exchange, [document]);
    timesMs.push(performance.now() - started);
    judgements.push(judge(one, explanation));
  }
  return { judgements, timesMs };
}

function read(file: string, known: ReadonlyMap<string, unknown>): ApiDocument {
  const root = known.get(file) ?? (JSON.parse(readFileSync(file, 'utf8')) as unknown);
  return readApiDocument(root, { kind: 'file', name: path.basename(file) });
}
