// The simulation as a command: npm run simulate -- --seeds 10000 [--from 1] [--workers 2] [--json], --seed 7 --trace, --bugs.
import { openSimDatabase } from '../test/simulation/database.ts';
import { runSeed } from '../test/simulation/run-seed.ts';

const [from, count, trace] = process.argv.slice(2);
const db = await openSimDatabase();
const t0 = performance.now();
const c0 = process.cpuUsage();
const sum = {
  attempts: 0,
  dials: 0,
  crashes: 0,
  takeovers: 0,
  placed: 0,
  byThemselves: 0,
  byPerson: 0,
  bad: 0,
};
for (let seed = Number(from); seed < Number(from) + Number(count); seed++) {
  const t = performance.now();
  const r = await runSeed(db, seed, { keepTrace: trace === 'trace', checkSkips: trace === 'check' });
  if (trace === 'trace') console.log(r.trace.join('\n'));
  for (const k of Object.keys(sum)) if (k in r) sum[k] += r[k];
  if (r.violations.length) {
    sum.bad++;
    console.log(seed, r.hash, (performance.now() - t).toFixed(0), r.violations.slice(0, 3));
  }
}
console.log(
  sum,
  ((performance.now() - t0) / Number(count)).toFixed(1),
  'ms/seed',
  (Object.values(process.cpuUsage(c0)).reduce((a, b) => a + b) / 1000 / Number(count)).toFixed(1),
  'cpu ms',
);
await db.close();
