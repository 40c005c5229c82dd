// `npm run bench:explain-speed -- --spec <file.json>`: what an explanation costs. The whole process `donna explain`
// beside node with nothing but JSON.parse of the same document; warm, in one process; the same on a document of 10 MB;
// and how the cost grows with the number of operations. Exits 1 beyond the aims.
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Case } from '../test/fixtures/openapi/case.ts';
import { createCaseMaker } from '../test/fixtures/openapi/create-case-maker.ts';
import { type Json, readSource } from '../test/fixtures/openapi/source.ts';
import { growDocument, timesFor } from './explain/grow-document.ts';
import { growthExponent } from './explain/growth-exponent.ts';
import { runProcess, writeUsageProbe } from './explain/run-process.ts';
import { timeExplanations } from './explain/time-explanations.ts';
import { quantile, spread } from './world/figures.ts';

const RUNS = 15;
const AIMS = { wholeSeconds: 0.3, ofParsing: 2, warmP50Ms: 5, largeP50Ms: 30, exponent: 1.05 };
const LARGE_BYTES = 10 * 2 ** 20;
const GROWTH = [1, 2, 4, 8];

const { values } = parseArgs({
  options: {
    spec: { type: 'string' },
    host: { type: 'string' },
    json: { type: 'boolean', default: false },
    'no-process': { type: 'boolean', default: false },
  },
});
if (!values.spec) {
  console.error(
    'usage: node scripts/run.mjs bench/explain-speed.ts --spec <file.json> [--host <name>] [--json]',
  );
  process.exit(2);
}
const spec = path.resolve(values.spec);
const root = JSON.parse(readFileSync(spec, 'utf8')) as Json;
const cases = someCases();

const whole = values['no-process'] ? undefined : await wholeProcess();
const warm = timeExplanations(root, cases, 3);
const large = timeExplanations(growDocument(root, timesFor(root, LARGE_BYTES)), cases, 3);
const grown = GROWTH.map((times) => timeExplanations(growDocument(root, times), cases, 3));
const warmExponent = growthExponent(grown.map((one) => [one.operations, one.processorMs]));
const firstExponent = growthExponent(grown.map((one) => [one.operations, one.firstMs]));

const results = { ...(whole && { whole }), warm, large, grown, warmExponent, firstExponent };
if (values.json) console.log(JSON.stringify(results, null, 2));
else print();

const beyond = [
  whole && whole.donnaSeconds.median > AIMS.wholeSeconds,
  whole && whole.ofParsing > AIMS.ofParsing,
  warm.p50Ms > AIMS.warmP50Ms,
  large.p50Ms > AIMS.largeP50Ms,
  warmExponent > AIMS.exponent,
];
if (beyond.some((one) => one === true)) process.exitCode = 1;

/** Requests as they come: most with one slip, some right. */
function someCases(): Case[] {
  const maker = createCaseMaker(readSource(root, values.host), { api: 'speed', specFile: spec, seed: 7 });
  const kinds = ['m_singular_plural', 'm_typo', 'm_tail_dropped', 'm_extra_verb', 'm_wrong_parent', 'f_case'];
  return [...kinds.flatMap((kind) => maker.slips(kind, 15)), ...maker.valid(30)];
}

async function wholeProcess() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'donna-explain-speed-'));
  try {
    const probe = writeUsageProbe(folder);
    const curl = curlOf(cases[0]);
    const parse = `JSON.parse(require('node:fs').readFileSync(${JSON.stringify(spec)}, 'utf8'))`;
    await writeFile(path.join(folder, 'parse.cjs'), parse);
    const peers = {
      donna: [path.join(process.cwd(), 'dist', 'donna.js'), 'explain', curl, '--spec', spec, '--json'],
      parsing: [path.join(folder, 'parse.cjs')],
    };
    const times = {
      donna: [] as number[],
      parsing: [] as number[],
      donnaCpu: [] as number[],
      parsingCpu: [] as number[],
      donnaMb: [] as number[],
    };
    // Turn by turn, so that a slow moment of the machine strikes both alike; the first round warms the disk.
    for (let round = 0; round <= RUNS; round++) {
      for (const [name, file] of Object.entries(peers) as [keyof typeof peers, string[]][]) {
        const run = await runProcess(probe, file, {
          cwd: folder,
          mostMs: 60_000,
          environment: { DONNA_DATA_DIR: folder },
        });
        if (name === 'donna' && !run.stdout.includes('donna-explanation-1'))
          throw new Error(`donna explain ended with ${run.code}:\n${run.stderr}`);
        if (round === 0) continue;
        times[name].push(run.wallMs / 1000);
        times[`${name}Cpu`].push((run.processorMs ?? Number.NaN) / 1000);
        if (name === 'donna') times.donnaMb.push(run.peakMb ?? Number.NaN);
      }
    }
    return {
      donnaSeconds: spread(times.donna, 3),
      parsingSeconds: spread(times.parsing, 3),
      ofParsing: Number((quantile(times.donna, 0.5) / quantile(times.parsing, 0.5)).toFixed(2)),
      donnaProcessorSeconds: spread(times.donnaCpu, 3),
      parsingProcessorSeconds: spread(times.parsingCpu, 3),
      donnaMb: spread(times.donnaMb),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function curlOf(one: Case | undefined): string {
  if (!one) throw new Error('No request could be made of this document.');
  const { method, host, path: at, body } = one.request;
  const data = body === null ? '' : ` --json '${JSON.stringify(body).replaceAll("'", "'\\''")}'`;
  return `curl -X ${method} 'https://${host}${at}'${data}`;
}

function print(): void {
  const row = (name: string, value: string, aim = '') =>
    console.log(`${name.padEnd(34)} ${value}${aim && `   (aim: ${aim})`}`);
  if (whole) {
    const { donnaSeconds: donna, parsingSeconds: parsing } = whole;
    row(
      'donna explain, whole process',
      `${donna.median} s (${donna.low} to ${donna.high})`,
      `${AIMS.wholeSeconds} s`,
    );
    row('node and JSON.parse', `${parsing.median} s (${parsing.low} to ${parsing.high})`);
    row('the one of the other', `${whole.ofParsing}`, `${AIMS.ofParsing}`);
    const [own, bare] = [whole.donnaProcessorSeconds.median, whole.parsingProcessorSeconds.median];
    row('the same in processor time', `${own} s, ${bare} s, ${(own / bare).toFixed(2)}`);
    row('memory of donna explain', `${whole.donnaMb.median} MB`);
  }
  const warmText = (one: typeof warm) =>
    `p50 ${one.p50Ms.toFixed(2)} ms, p99 ${one.p99Ms.toFixed(2)} ms, processor ${one.processorMs.toFixed(2)} ms, first ${one.firstMs.toFixed(0)} ms`;
  row(`warm, ${warm.operations} operations`, warmText(warm), `p50 ${AIMS.warmP50Ms} ms`);
  row(`10 MB, ${large.operations} operations`, warmText(large), `p50 ${AIMS.largeP50Ms} ms`);
  for (const one of grown) row(`${one.operations} operations`, warmText(one));
  row('exponent of the growth, processor', warmExponent.toFixed(2), `${AIMS.exponent}`);
  row('exponent of the growth, first', firstExponent.toFixed(2));
}
