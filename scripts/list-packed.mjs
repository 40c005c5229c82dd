// Tells npm which files of dist/ go into a package: dist/ also keeps the chunks of earlier builds for those that still run.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const built = readFileSync(path.join(dist, '.stamp'), 'utf8').split('\n');
const { dump } = JSON.parse(
  readFileSync(new URL('../src/store/migrations.generated.json', import.meta.url), 'utf8'),
);
const packed = [...built, dump, 'types/', 'types/**'];
writeFileSync(path.join(dist, '.npmignore'), ['*', ...packed.map((name) => `!${name}`)].join('\n'));
