// Runs a TypeScript file of ours: `node scripts/run.mjs bench/cli.ts [arguments]`. Node 20 cannot by itself.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const [file, ...rest] = process.argv.slice(2);
if (!file) {
  console.error('usage: node scripts/run.mjs <file.ts> [arguments]');
  process.exit(2);
}
// Inside node_modules, so that the packages left outside the bundle resolve from there.
const folder = mkdtempSync(path.join(root, 'node_modules', '.run-'));
try {
  await build({
    absWorkingDir: root,
    entryPoints: [path.resolve(file)],
    outfile: path.join(folder, 'run.mjs'),
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    logLevel: 'error',
  });
  const done = spawnSync(process.execPath, ['--enable-source-maps', path.join(folder, 'run.mjs'), ...rest], {
    stdio: 'inherit',
  });
  process.exitCode = done.status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
