// Bundles src/ into dist/: one small entry, and a chunk a command that is loaded when the command is used.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const quiet = process.argv.includes('--quiet');

rmSync(`${root}/dist`, { recursive: true, force: true });
const result = await build({
  absWorkingDir: root,
  entryPoints: {
    donna: 'src/main/bin.ts',
    library: 'src/main/library.ts',
    'sandbox-library': 'src/main/sandbox-library.ts',
  },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minify: true,
  keepNames: true,
  sourcemap: true,
  sourcesContent: false,
  metafile: true,
  logLevel: quiet ? 'error' : 'warning',
  // commander and ws are CommonJS: their require of Node's own modules needs a require to exist.
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
});
mkdirSync(`${root}/dist`, { recursive: true });
writeFileSync(`${root}/dist/.stamp`, '');
if (!quiet) {
  const bytes = Object.entries(result.metafile.outputs)
    .filter(([file]) => file.endsWith('.js'))
    .reduce((sum, [, output]) => sum + output.bytes, 0);
  console.log(`built dist/: ${(bytes / 1024).toFixed(0)} KB`);
}
