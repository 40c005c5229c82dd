import { performance } from 'node:perf_hooks';
import { explain } from '../../src/diagnosis/explain.ts';
import { readApiDocument } from '../../src/diagnosis/spec/read-api-document.ts';
import type { Case } from '../../test/fixtures/openapi/case.ts';
import type { Json } from '../../test/fixtures/openapi/source.ts';
import { quantile } from '../world/figures.ts';
import { exchangeOf } from './exchange-of.ts';

export interface WarmTimes {
  readonly operations: number;
  /** From the parsed document to the first explanation. */
  readonly firstMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of the processor, on average over the requests; a busy machine changes it least. */
  readonly processorMs: number;
}

/** Explains all cases `rounds` times over on one document; the first round warms and is not counted. */
export function timeExplanations(root: Json, cases: readonly Case[], rounds: number): WarmTimes {
  const exchanges = cases.map(({ request }) => exchangeOf(request));
  const [first] = exchanges;
  if (!first) throw new Error('Nothing to explain.');
  const started = performance.now();
  const document = readApiDocument(root, { kind: 'given', name: 'document' });
  explain(first, [document]);
  const firstMs = performance.now() - started;
  const times: number[] = [];
  let warm = process.cpuUsage();
  for (let round = 0; round <= rounds; round++) {
    if (round === 1) warm = process.cpuUsage();
    for (const exchange of exchanges) {
      const before = performance.now();
      explain(exchange, [document]);
      if (round > 0) times.push(performance.now() - before);
    }
  }
  const used = process.cpuUsage(warm);
  return {
    operations: document.operations.length,
    firstMs,
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    processorMs: (used.user + used.system) / 1000 / times.length,
  };
}
