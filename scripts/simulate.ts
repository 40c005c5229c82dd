// The simulation: npm run simulate -- --seeds 10000 [--from 1] [--workers 2] [--json] · --seed 7 [--trace] · --bugs [--seeds 1000].
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { plantedBugs } from '../test/simulation/bugs/planted-bugs.ts';
import { openSimDatabase } from '../test/simulation/database.ts';
import { type RunResult, runSeed } from '../test/simulation/run-seed.ts';
import { addTotals, noTotals, shareByThemselves, type Totals, totalsOf } from '../test/simulation/totals.ts';

const { values: options } = parseArgs({
  options: {
    seeds: { type: 'string' },
    from: { type: 'string', default: '1' },
    step: { type: 'string', default: '1' },
    workers: { type: 'string', default: '2' },
    seed: { type: 'string' },
    trace: { type: 'boolean', default: false },
    bugs: { type: 'boolean', default: false },
    bug: { type: 'string' },
    json: { type: 'boolean', default: false },
    worker: { type: 'boolean', default: false },
  },
});
/** The share of what was placed and could be read that has to end by itself. */
const BY_THEMSELVES = 0.999;

if (options.worker) await work();
else if (options.bugs) await searchBugs();
else if (options.seed !== undefined) await replay(Number(options.seed));
else await simulate();

/** One of the processes: tells each run to the one that started it. */
async function work(): Promise<void> {
  const database = await openSimDatabase();
  const step = Number(options.step);
  for (let seed = Number(options.from), left = Number(options.seeds); left > 0; seed += step, left--) {
    const totals = totalsOf(await runSeed(database, seed));
    await new Promise<void>((told) => process.send?.(totals, () => told()));
  }
  await database.close();
  process.disconnect();
}

async function simulate(): Promise<void> {
  const seeds = Number(options.seeds ?? 1_000);
  const workers = Math.min(Number(options.workers), seeds);
  const startedMs = performance.now();
  let totals: Totals = noTotals;
  const codes = await Promise.all(
    Array.from({ length: workers }, (_, index) => {
      const count = Math.floor(seeds / workers) + (index < seeds % workers ? 1 : 0);
      const from = Number(options.from) + index;
      return startWorker(['--from', `${from}`, '--step', `${workers}`, '--seeds', `${count}`], (told) => {
        totals = addTotals(totals, told);
        for (const { seed, violations } of told.failures) console.error(`seed ${seed}: ${violations[0]}`);
        if (!options.json && totals.seeds % 500 === 0) console.error(`${totals.seeds} of ${seeds} seeds`);
      });
    }),
  );
  const seconds = (performance.now() - startedMs) / 1000;
  const share = shareByThemselves(totals);
  if (options.json) console.log(JSON.stringify({ ...totals, shareByThemselves: share, seconds }));
  else print(totals, share, seconds);
  const whole = totals.seeds === seeds && codes.every((code) => code === 0);
  if (!whole) console.error('A worker ended before its seeds were done.');
  process.exitCode = whole && totals.failures.length === 0 && share >= BY_THEMSELVES ? 0 : 1;
}

function startWorker(args: readonly string[], told: (totals: Totals) => void): Promise<number | null> {
  const child = fork(fileURLToPath(import.meta.url), ['--worker', ...args]);
  child.on('message', (message) => told(message as Totals));
  return new Promise((resolve) => child.on('exit', resolve));
}

function print(totals: Totals, share: number, seconds: number): void {
  const { seeds, calls, attempts, dials, placed, crashes, takeovers, byPerson, untold, failures } = totals;
  console.log(`${seeds} seeds in ${seconds.toFixed(0)} s (${((seconds * 1000) / seeds).toFixed(0)} ms each)`);
  console.log(`${calls} calls, ${attempts} attempts, ${dials} dials, ${placed} of them placed`);
  console.log(
    `${crashes} crashes and stops, ${takeovers} takeovers, ${totals.simulatedHours.toFixed(0)} h simulated`,
  );
  console.log(`${(share * 100).toFixed(3)} % of what was placed and could be read ended by itself`);
  console.log(
    `a person was asked about ${byPerson} that were placed, ${untold} of them without readable records`,
  );
  console.log(failures.length === 0 ? 'no failures' : `${failures.length} seeds failed:`);
  for (const { seed, violations } of failures.slice(0, 50)) {
    console.log(
      `  --seed ${seed} --trace: ${violations[0]}${violations.length > 1 ? ` (and ${violations.length - 1} more)` : ''}`,
    );
  }
}

async function replay(seed: number): Promise<void> {
  const bug = plantedBugs.find(({ name }) => name === options.bug);
  const database = await openSimDatabase();
  const result = await runSeed(database, seed, { keepTrace: options.trace, bug });
  for (const line of result.trace) console.log(line);
  console.log(summaryOf(result));
  await database.close();
  process.exitCode = result.violations.length === 0 ? 0 : 1;
}

function summaryOf({ trace: _, ...result }: RunResult): string {
  return JSON.stringify(result, null, 2);
}

/** How many seeds it takes to find each planted bug. */
async function searchBugs(): Promise<void> {
  const most = Number(options.seeds ?? 1_000);
  const database = await openSimDatabase();
  const found: { bug: string; seeds: number | undefined; violation: string | undefined }[] = [];
  for (const bug of plantedBugs) {
    if (options.bug !== undefined && bug.name !== options.bug) continue;
    let violation: string | undefined;
    let seeds = 0;
    while (!violation && seeds < most) {
      violation = (await runSeed(database, Number(options.from) + seeds, { bug })).violations[0];
      seeds += 1;
    }
    found.push({ bug: bug.name, seeds: violation ? seeds : undefined, violation });
    const said = violation
      ? `found by seed ${Number(options.from) + seeds - 1}: ${violation}`
      : `not found in ${most} seeds`;
    if (!options.json) console.log(`${bug.name}: ${said}`);
  }
  if (options.json) console.log(JSON.stringify(found));
  await database.close();
  process.exitCode = found.every(({ seeds }) => seeds !== undefined) ? 0 : 1;
}
