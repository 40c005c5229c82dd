// `npm run bench:explain-hostile`: documents and requests that were written to break their reader, each given to the
// built `donna explain` as a process of its own. Each must end in an answer or a clear refusal within 5 s and 1 GB, and
// nothing may be fetched. Exits 1 where one does not. With `--only <words>`, those whose name has the words.
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { harbour } from '../test/fixtures/openapi/harbour.ts';
import {
  HIDDEN,
  type HostileDocument,
  hostileDocuments,
} from '../test/fixtures/openapi/hostile-documents.ts';
import { hostileRequests } from '../test/fixtures/openapi/hostile-requests.ts';
import { largeDocuments } from '../test/fixtures/openapi/large-documents.ts';
import { type ProcessRun, runProcess, writeUsageProbe } from './explain/run-process.ts';

const MOST_MS = 5_000;
const MOST_MB = 1_024;
/** What the process is given before it is killed, so that a slow end is told from none. */
const PATIENCE_MS = 30_000;

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const folder = await mkdtemp(path.join(os.tmpdir(), 'donna-hostile-'));
const fetched: string[] = [];
const server = createServer((request, reply) => {
  fetched.push(request.url ?? '');
  reply.end('{}');
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;

const all: readonly HostileDocument[] = [
  ...hostileDocuments,
  ...largeDocuments,
  ...hostileRequests(1).map(
    ({ name, request }): HostileDocument => ({
      name,
      end: 'either',
      text: () => JSON.stringify(harbour),
      request,
    }),
  ),
];
try {
  const probe = writeUsageProbe(folder);
  writeFileSync(path.join(folder, 'hidden.json'), JSON.stringify({ secret: { description: HIDDEN } }));
  let faulty = 0;
  const chosen = all.filter(({ name }) => !values.only || name.includes(values.only));
  for (const one of chosen) {
    const run = await explainIt(probe, one);
    const faults = faultsOf(one, run);
    if (faults.length > 0) faulty++;
    const peak = run.peakMb === undefined ? 'killed' : `${run.peakMb.toFixed(0)} MB`;
    const end =
      run.code === 2 ? firstLine(run.stderr).replaceAll(`${folder}/`, '') : `explained (${run.code})`;
    console.log(
      `${one.name.slice(0, 50).padEnd(51)}${(run.wallMs / 1000).toFixed(2).padStart(6)} s ${peak.padStart(8)}  ${end}`,
    );
    for (const fault of faults) console.log(`  FAULT: ${fault}`);
  }
  if (fetched.length > 0) console.log(`FAULT: fetched ${fetched.join(', ')}`);
  console.log(`${faulty} of ${chosen.length} have a fault (aims: ${MOST_MS / 1000} s, ${MOST_MB} MB).`);
  if (faulty > 0 || fetched.length > 0) process.exitCode = 1;
} finally {
  server.close();
  await rm(folder, { recursive: true, force: true });
}

function explainIt(probe: string, one: HostileDocument): Promise<ProcessRun> {
  const text = one.text();
  const spec = path.join(folder, 'spec.yaml');
  writeFileSync(spec, typeof text === 'string' ? text.replaceAll('127.0.0.1:9/', `${address}/`) : text);
  const { method, path: at, body } = one.request ?? { method: 'GET', path: '/v2/vessels', body: undefined };
  const data = body === undefined ? '' : ` --json '${JSON.stringify(body).replaceAll("'", "'\\''")}'`;
  return runProcess(
    probe,
    [path.join(process.cwd(), 'dist', 'donna.js'), 'explain', '-', '--spec', spec, '--json'],
    {
      cwd: folder,
      environment: { DONNA_DATA_DIR: folder },
      mostMs: PATIENCE_MS,
      stdin: `curl -X '${method}' 'https://api.harbour.example${at}'${data}`,
    },
  );
}

function faultsOf({ end }: HostileDocument, { code, wallMs, peakMb, stdout, stderr }: ProcessRun): string[] {
  const explained = (code === 0 || code === 1) && isExplanation(stdout);
  const refused = code === 2 && firstLine(stderr) !== '';
  return [
    ...(wallMs > MOST_MS ? [`took ${(wallMs / 1000).toFixed(1)} s`] : []),
    ...(peakMb !== undefined && peakMb > MOST_MB ? [`held ${peakMb.toFixed(0)} MB`] : []),
    ...(explained || refused ? [] : [`ended with ${code}: ${stderr.slice(0, 600)}`]),
    ...(explained && end === 'refusal' ? ['was explained and should have been refused'] : []),
    ...(refused && end === 'answer' ? [`was refused: ${stderr.slice(0, 300)}`] : []),
    ...(/^\s+at .*[:(]\d+/m.test(stderr) ? [`a stack is shown: ${stderr.slice(0, 600)}`] : []),
    ...(`${stdout}${stderr}`.includes(HIDDEN) ? ['what a file beside the document says is shown'] : []),
  ];
}

function isExplanation(text: string): boolean {
  try {
    return (JSON.parse(text) as { format?: unknown }).format === 'donna-explanation-1';
  } catch {
    return false;
  }
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? '';
}
