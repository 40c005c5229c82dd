// Makes src/diagnosis/endpoint-history.generated.json from a folder of the provider's OpenAPI documents, named by their day:
// node scripts/run.mjs scripts/endpoint-history.ts <folder> [output]
// The table holds facts only: which endpoint was in which documents, and what took its place.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fullPath, operationName } from '../src/diagnosis/spec/full-path.ts';
import { createHistory, type EndpointLife, pastOf } from '../src/diagnosis/spec/history.ts';
import { parseDocument } from '../src/diagnosis/spec/parse-document.ts';
import { readApiDocument } from '../src/diagnosis/spec/read-api-document.ts';

const [folder, out = 'src/diagnosis/endpoint-history.generated.json'] = process.argv.slice(2);
if (!folder) {
  process.stderr.write(
    'usage: node scripts/run.mjs scripts/endpoint-history.ts <folder of YYYY-MM-DD.json documents> [output]\n',
  );
  process.exit(2);
}

const areas = ['/v1/convai', '/v1/user', '/v1/workspace'];
const names = readdirSync(folder).filter((name) => /^\d{4}-\d{2}-\d{2}\.json$/.test(name));
const history = createHistory(
  await Promise.all(
    names.map(async (name) => ({
      date: name.slice(0, 10),
      document: readApiDocument(await parseDocument(readFileSync(path.join(folder, name)), name), {
        kind: 'file',
        name,
      }),
    })),
  ),
);
const newest = history.documents.length - 1;

const rows = [...history.endpoints.values()]
  .filter(({ operation }) => areas.some((area) => `${fullPath(operation)}/`.startsWith(`${area}/`)))
  .map((life) => `${JSON.stringify(operationName(life.operation))}:${JSON.stringify(row(life))}`)
  .sort();
const dates = JSON.stringify(history.documents.map(({ date }) => date));
writeFileSync(out, `{"dates":${dates},\n"endpoints":{\n${rows.join(',\n')}\n}}\n`);
process.stdout.write(`${rows.length} endpoints of ${history.documents.length} documents\n`);

function row({ operation, first, last, deprecated }: EndpointLife) {
  const { successor } = pastOf(history, operation.method, fullPath(operation));
  return {
    first,
    last: last === newest ? undefined : last,
    id: operation.operationId,
    deprecated,
    next: successor,
  };
}
