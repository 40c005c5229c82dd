// `npm test` on a fresh clone, or after the lock file changed: installs, with the test peers, what it says and is not there yet.
import { fileURLToPath } from 'node:url';
import { install } from './install.mjs';

const done = install(fileURLToPath(new URL('..', import.meta.url)), { dev: true, stdio: 'inherit' });
if (done && done.status !== 0) process.exit(done.status ?? 1);
