// Makes src/diagnosis/endpoint-history.generated.json from a folder of the provider's OpenAPI documents, named by
// their day: node scripts/endpoint-history.mjs <folder> [output]
// The table holds facts only: which endpoint was in which documents, and what took its place.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];
if (!folder) {
  process.stderr.write(
    'usage: node scripts/endpoint-history.mjs <folder of YYYY-MM-DD.json documents> [output]\n',
  );
  process.exit(2);
}

const areas = ['/v1/convai', '/v1/user', '/v1/workspace'];
const methods = ['get', 'post', 'put', 'patch', 'delete'];
const dates = readdirSync(folder)
  .filter((name) => /^\d{4}-\d{2}-\d{2}\.json$/.test(name))
  .map((name) => name.slice(0, 10))
  .sort();

const endpoints = new Map();
// Titles find successors and stay out of the table.
const titles = new Map();
for (const [index, date] of dates.entries()) {
  const document = JSON.parse(readFileSync(join(folder, `${date}.json`), 'utf8'));
  for (const [path, item] of Object.entries(document.paths)) {
    if (!areas.some((area) => path === area || path.startsWith(`${area}/`))) continue;
    for (const method of methods.filter((name) => item[name])) {
      const endpoint = `${method.toUpperCase()} ${path}`;
      const entry = endpoints.get(endpoint) ?? { first: index };
      entry.last = index;
      entry.id = item[method].operationId;
      titles.set(endpoint, item[method].summary);
      if (item[method].deprecated) entry.deprecated ??= index;
      else delete entry.deprecated;
      endpoints.set(endpoint, entry);
    }
  }
}

const newest = dates.length - 1;
const living = [...endpoints].filter(([, entry]) => entry.last === newest);
for (const [endpoint, entry] of endpoints) {
  const next = entry.last < newest || entry.deprecated !== undefined ? successor(endpoint, entry) : undefined;
  if (next) entry.next = next;
  if (entry.last === newest) delete entry.last;
}

const table = {
  dates,
  endpoints: Object.fromEntries([...endpoints].sort(([a], [b]) => (a < b ? -1 : 1))),
};
const rows = Object.entries(table.endpoints).map(
  ([key, entry]) => `${JSON.stringify(key)}:${JSON.stringify(entry)}`,
);
const out = process.argv[3] ?? new URL('../src/diagnosis/endpoint-history.generated.json', import.meta.url);
writeFileSync(out, `{"dates":${JSON.stringify(dates)},\n"endpoints":{\n${rows.join(',\n')}\n}}\n`);
process.stdout.write(`${endpoints.size} endpoints of ${dates.length} documents\n`);

/** The living endpoint that took over: the same operationId elsewhere, else the only one spelled alike or titled so. */
function successor(endpoint, entry) {
  const [method] = endpoint.split(' ');
  const byId = living.filter(([other, { id }]) => other !== endpoint && id && id === entry.id);
  if (byId.length === 1) return byId[0][0];
  const candidates = living
    .filter(([, facts]) => facts.deprecated === undefined)
    .map(([other]) => other)
    .filter((other) => other !== endpoint && other.startsWith(`${method} `));
  const alike = candidates.filter((other) => spelling(other) === spelling(endpoint));
  const titled = candidates.filter((other) => titles.get(other) === titles.get(endpoint));
  return [alike, titled].find((found) => found.length === 1)?.[0];
}

/** A path without what a rename of spelling changes: underscores, the final slash, names of parameters, `/create`. */
function spelling(endpoint) {
  return endpoint
    .replaceAll('_', '-')
    .replace(/\{[^}]*\}/g, '{}')
    .replace(/\/create$/, '')
    .replace(/\/$/, '');
}
