// What ./donna runs on first use: installs what running needs, builds, and says so in one line.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Node.js ${process.versions.node} is too old: Donna needs 20.19 or newer (https://nodejs.org).`);
}

const started = performance.now();
const terminal = process.stderr.isTTY;
say('donna: first use, installing and building …');
if (!existsSync(`${root}/node_modules/esbuild`)) {
  run('npm', ['ci', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'], 'npm ci');
}
run(process.execPath, ['scripts/build.mjs', '--quiet'], 'the build');
say(`donna: ready after ${((performance.now() - started) / 1000).toFixed(1)} s`);
if (terminal) process.stderr.write('\n');

function say(line) {
  process.stderr.write(terminal ? `\r\x1b[K${line}` : `${line}\n`);
}

function run(command, args, name) {
  const done = spawnSync(command, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (done.status === 0) return;
  process.stderr.write(`\n${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}\n`);
  fail(`${name} failed; its own words are above. Mend that and run ./donna again.`);
}

function fail(message) {
  process.stderr.write(`donna: ${message}\n`);
  process.exit(1);
}
