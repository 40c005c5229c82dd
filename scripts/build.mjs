// Bundles src/ into dist/: one small entry, and a chunk a command that is loaded when the command is used.
// A donna that runs meanwhile keeps its chunks, and two builds at once leave a whole dist/ behind.
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { JOINED_MARK, joinChunks } from './join-chunks.mjs';
import { makeDatabaseDump } from './make-database-dump.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const quiet = process.argv.includes('--quiet');

/** A chunk that no build needs any more stays this long for those that run: longer than any call. */
const KEPT_MS = 26 * 3600_000;

const dist = path.join(root, 'dist');
const stamp = path.join(dist, '.stamp');
const started = new Date();
const common = {
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  minify: true,
  keepNames: true,
  sourcemap: true,
  sourcesContent: false,
  metafile: true,
  write: false,
  logLevel: quiet ? 'error' : 'warning',
};
/** With it commander starts subcommands that are programs of their own. Donna has none, and each start would load it and `node:net`. */
const noChildProcess = {
  name: 'no-child-process',
  setup(run) {
    run.onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      /[\\/]commander[\\/]/.test(importer) ? { path: 'child_process', namespace: 'none' } : undefined,
    );
    run.onLoad({ filter: /.*/, namespace: 'none' }, () => ({ contents: 'module.exports = {};' }));
  },
};
const options = {
  ...common,
  plugins: [noChildProcess],
  entryPoints: {
    donna: 'src/main/bin.ts',
    library: 'src/main/library.ts',
    'sandbox-library': 'src/main/sandbox-library.ts',
    diagnosis: 'src/main/diagnosis-library.ts',
    'explain-worker': 'src/main/explanations/explain-worker.ts',
  },
  chunkNames: `[name]-[hash]${JOINED_MARK}`,
  splitting: true,
  platform: 'node',
  target: 'node20',
  // PGlite and the reference page read files beside their code; pg asks for a native client that is not there.
  external: ['@electric-sql/pglite', 'swagger-ui-dist', 'pg-native'],
  // commander and ws are CommonJS: their require of Node's own modules needs a require to exist.
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
};
const forNode = await build(options);
// What each start loads, and what `donna explain` loads beyond it: people wait for that one at their prompt.
const joined = await joinChunks(
  forNode,
  [
    { name: 'start', sources: ['src/main/run-command.ts'] },
    {
      name: 'explain',
      sources: [
        'src/cli/commands/explain.ts',
        'src/main/explain-world.ts',
        'src/diagnosis/exchange/read-reply.ts',
        'src/diagnosis/report/terminal.ts',
        'src/diagnosis/report/json.ts',
      ],
    },
  ],
  options,
);
// The client runs in browsers too, so it is one file of its own that asks for nothing of Node's.
const forBrowsers = await build({
  ...common,
  entryPoints: { client: 'src/client/index.ts' },
  platform: 'browser',
  target: 'es2022',
});
mkdirSync(dist, { recursive: true });
const files = [
  ...joined,
  ...forBrowsers.outputFiles.map((file) => ({ name: path.basename(file.path), contents: file.contents })),
];
// Chunks are named after what is in them, so none takes the place of another; the entries that name them come last.
const isEntry = ({ name }) =>
  /^(donna|library|sandbox-library|diagnosis|explain-worker|client)\.js$/.test(name);
for (const file of [...files.filter((one) => !isEntry(one)), ...files.filter(isEntry)]) put(file);
removeOld(new Set(files.map(({ name }) => name)));
put({ name: '.stamp', contents: files.map(({ name }) => name).join('\n') });
// What was saved while this ran is newer than the stamp, and asks for another build.
utimesSync(stamp, started, started);
await makeDatabaseDump(dist);
if (!quiet) {
  const bytes = files
    .filter(({ name }) => name.endsWith('.js'))
    .reduce((sum, { contents }) => sum + contents.length, 0);
  console.log(`built dist/: ${(bytes / 1024).toFixed(0)} KB`);
}

/** A reader sees the old file or the new one, never half of one. */
function put({ name, contents }) {
  const beside = path.join(dist, `.${name}.${process.pid}.new`);
  writeFileSync(beside, contents);
  renameSync(beside, path.join(dist, name));
}

/** A file that this build leaves behind counts its time from now; those that earlier ones left go when theirs is over. */
function removeOld(current) {
  const before = new Set(previous());
  for (const name of readdirSync(dist)) {
    if (current.has(name) || !/\.(js|map|new)$/.test(name)) continue;
    const file = path.join(dist, name);
    try {
      if (before.has(name)) utimesSync(file, started, started);
      else if (Date.now() - statSync(file).mtimeMs > KEPT_MS) rmSync(file);
    } catch {
      // Another build took it away.
    }
  }
}

function previous() {
  try {
    return readFileSync(stamp, 'utf8').split('\n');
  } catch {
    return [];
  }
}
