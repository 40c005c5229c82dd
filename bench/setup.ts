// `npm run bench:setup`: from a fresh clone to the end of the first call, as a newcomer has it: `./donna call` with no account. Prints
// seconds and the size of node_modules; exits 1 beyond the aims.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const AIMS = { seconds: 60, megabytes: 200 };
const folder = mkdtempSync(path.join(os.tmpdir(), 'donna-setup-'));
const clone = path.join(folder, 'donna');

function run(command: string, args: readonly string[], cwd: string): { seconds: number; output: string } {
  const started = performance.now();
  const environment = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    XDG_DATA_HOME: path.join(folder, 'data'),
  };
  const done = spawnSync(command, args, { cwd, env: environment, encoding: 'utf8' });
  const output = `${done.stdout}${done.stderr}`;
  if (done.status !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${done.status}:\n${output}`);
  return { seconds: (performance.now() - started) / 1000, output };
}

try {
  run('git', ['clone', '--quiet', process.cwd(), clone], folder);
  const first = run('./donna', ['call', '+12125550142'], clone);
  const second = run('./donna', ['call', '+12125550142', '--again', '--no-wait'], clone);
  const megabytes = Number(run('du', ['-sk', 'node_modules'], clone).output.split('\t')[0]) / 1024;
  console.log(
    `fresh clone to the end of the first call: ${first.seconds.toFixed(1)} s (aim: at most ${AIMS.seconds})`,
  );
  console.log(`the second run, not waiting:              ${second.seconds.toFixed(1)} s`);
  console.log(
    `node_modules:                             ${megabytes.toFixed(0)} MB (aim: at most ${AIMS.megabytes})`,
  );
  if (first.seconds > AIMS.seconds || megabytes > AIMS.megabytes) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
