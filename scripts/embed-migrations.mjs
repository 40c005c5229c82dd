// Puts the migrations that drizzle-kit wrote into one file that the bundle carries, with the name of the dump of an embedded database that
// has them. Part of `npm run db:generate`; a test finds what was forgotten.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const store = path.join(root, 'src', 'store');
const json = (...where) => JSON.parse(readFileSync(path.join(...where), 'utf8'));

const { entries } = json(store, 'migrations', 'meta', '_journal.json');
const migrations = entries.map(({ tag: name }) => ({
  name,
  sql: readFileSync(path.join(store, 'migrations', `${name}.sql`), 'utf8'),
}));
// A dump is of these migrations and of this PGlite, or is not found.
const { version } = json(root, 'node_modules', '@electric-sql', 'pglite', 'package.json');
const hash = createHash('sha256')
  .update(JSON.stringify([version, migrations]))
  .digest('hex')
  .slice(0, 16);
const generated = { dump: `database-${hash}.tar.gz`, migrations };
writeFileSync(path.join(store, 'migrations.generated.json'), `${JSON.stringify(generated, null, 1)}\n`);
console.log(`migrations.generated.json: ${migrations.map(({ name }) => name).join(', ')}`);
// drizzle-kit formats in a way of its own, and `npm run lint` would say so.
const biome = path.join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
spawnSync(process.execPath, [biome, 'format', '--write', 'src/store/migrations'], {
  cwd: root,
  stdio: 'ignore',
});
