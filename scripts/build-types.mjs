// Writes the declarations that the package's entries reach into dist/types/, or into `--out <folder>`. That needs TypeScript, which
// running Donna does not: ./donna builds without them, packing and `npm run check` make them.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({ options: { out: { type: 'string' } } });
const out = path.resolve(values.out ?? path.join(root, 'dist', 'types'));
const compiler = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const { files: entries } = JSON.parse(readFileSync(path.join(root, 'tsconfig.types.json'), 'utf8'));

mkdirSync(path.dirname(out), { recursive: true });
// Beside the old ones, so that one rename puts the whole in their place.
const made = mkdtempSync(path.join(path.dirname(out), '.types-'));
const emitted = mkdtempSync(path.join(path.dirname(out), '.types-'));
try {
  const args = [compiler, '-p', 'tsconfig.types.json', '--outDir', emitted];
  const done = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (done.status !== 0) {
    console.error(
      'The declarations were not made; the words of TypeScript are above. Is it installed (npm ci)?',
    );
    process.exitCode = 1;
  } else {
    const count = keepReached(entries.map((file) => declarationOf(path.relative('src', file))));
    rmSync(out, { recursive: true, force: true });
    renameSync(made, out);
    console.log(`wrote ${path.relative(process.cwd(), out)}: ${count} files`);
  }
} finally {
  rmSync(made, { recursive: true, force: true });
  rmSync(emitted, { recursive: true, force: true });
}

function declarationOf(source) {
  return source.replace(/\.ts$/, '.d.ts');
}

/** Specifiers end in `.js`: TypeScript leaves `.ts` in declarations, which no other tool that reads them expects. */
function keepReached(reached) {
  const seen = new Set(reached);
  for (const file of seen) {
    const text = readFileSync(path.join(emitted, file), 'utf8');
    const specifier = /((?:\bfrom |\bimport\(|\bimport )(['"]))(\.{1,2}\/[^'"]+)\.ts\2/g;
    const rewritten = text.replace(specifier, (_, before, quote, target) => {
      seen.add(path.join(path.dirname(file), `${target}.d.ts`));
      return `${before}${target}.js${quote}`;
    });
    mkdirSync(path.dirname(path.join(made, file)), { recursive: true });
    writeFileSync(path.join(made, file), rewritten);
  }
  return seen.size;
}
