// What ./donna runs on first use and after a change: installs what running needs, builds, and says so in one line.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { install } from './install.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Node.js ${process.versions.node} is too old: Donna needs 20.19 or newer (https://nodejs.org).`);
}

const started = performance.now();
const terminal = process.stderr.isTTY;
const installed = install(root, {
  dev: false,
  stdio: ['ignore', 'pipe', 'pipe'],
  onInstall: () => say('donna: installing and building …'),
});
if (installed) check(installed, 'npm ci');
else say('donna: building …');
const built = spawnSync(process.execPath, ['scripts/build.mjs', '--quiet'], {
  cwd: root,
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'pipe'],
});
check(built, 'the build');
say(`donna: ready after ${((performance.now() - started) / 1000).toFixed(1)} s`);
if (terminal) process.stderr.write('\n');

function say(line) {
  process.stderr.write(terminal ? `\r\x1b[K${line}` : `${line}\n`);
}

function check(done, name) {
  if (done.status === 0) return;
  process.stderr.write(`\n${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}\n`);
  fail(`${name} failed; its own words are above. Mend that and run ./donna again.`);
}

function fail(message) {
  process.stderr.write(`donna: ${message}\n`);
  process.exit(1);
}
