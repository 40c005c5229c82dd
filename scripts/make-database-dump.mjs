// Makes dist/database-<hash>.tar.gz: a new embedded database with the migrations in it, so that the first start need not make one.
// The name is made from the migrations and the release of PGlite: a dump that is there already is the right one, and this takes no time.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const generated = path.join(root, 'src', 'store', 'migrations.generated.json');

/** A dump of other migrations stays this long for a donna that is still running, and for those who go back and forth between branches. */
const KEPT_MS = 7 * 24 * 3600_000;

/** @returns {Promise<boolean>} whether one had to be made */
export async function makeDatabaseDump(dist = path.join(root, 'dist')) {
  const { dump: name, migrations } = JSON.parse(readFileSync(generated, 'utf8'));
  const file = path.join(dist, name);
  if (existsSync(file)) return false;
  const started = performance.now();
  const beside = `${file}.${process.pid}.new`;
  mkdirSync(dist, { recursive: true });
  const { dumpEmbedded } = await store();
  writeFileSync(beside, gzipSync(await dumpEmbedded(migrations, { now: () => Date.now() })));
  renameSync(beside, file);
  for (const other of readdirSync(dist)) {
    const old = /^database-.*\.tar\.gz/.test(other) && other !== name && path.join(dist, other);
    if (old && Date.now() - statSync(old).mtimeMs > KEPT_MS) rmSync(old, { force: true });
  }
  console.log(`made dist/${name} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return true;
}

/** The part of src/store/ that this needs; Node 20 cannot load TypeScript by itself. */
async function store() {
  const outfile = path.join(root, 'node_modules', `.database-dump-${process.pid}.mjs`);
  try {
    await build({
      absWorkingDir: root,
      entryPoints: ['src/store/dump-embedded.ts'],
      outfile,
      bundle: true,
      packages: 'external',
      format: 'esm',
      platform: 'node',
      target: 'node20',
      logLevel: 'error',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(outfile, { force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await makeDatabaseDump();
