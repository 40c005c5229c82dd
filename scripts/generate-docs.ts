// Writes docs/errors.md, docs/configuration.md and docs/openapi.json from the tables in the code; `--check` only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { openApiDocument } from '../src/api/openapi-document.ts';
import { errorCodes } from '../src/kernel/error-codes.ts';
import { settingsSchema } from '../src/main/config.ts';

const exitMeanings = [
  [0, 'The call was answered; or it was accepted, with `--no-wait`; or the command did what it was asked.'],
  [1, '`donna diagnose` found a failed check.'],
  [2, 'Bad input: an argument, a setting or a file.'],
  [3, 'Refused before the dial, by the guard or by preflight. Nothing was dialled.'],
  [4, 'Not placed: the provider or the carrier refused, or could not be reached.'],
  [5, 'Placed and not reached: busy, no answer, declined, voicemail.'],
  [
    6,
    'Unknown whether it was placed, or how it ended, or it is no longer followed (Ctrl-C). Look before you call again.',
  ],
  [7, 'Failed while connected.'],
] as const;

function errorsPage(): string {
  return [
    '# Errors',
    '',
    'Generated from `src/kernel/error-codes.ts` by `npm run docs`.',
    '',
    'With `--json` an error is `{"error": {"code", "message", "hint", "retryable", "exchange"}}` on stdout; `exchange` is the',
    "failed request (method, path, status, request id, the provider's own body), without any key.",
    '',
    '| code | exit | meaning |',
    '|---|---|---|',
    ...Object.entries(errorCodes).map(
      ([code, { exit, meaning }]) => `| \`${code}\` | ${exit} | ${meaning} |`,
    ),
    '',
    '## Exit codes',
    '',
    '| exit | meaning |',
    '|---|---|',
    ...exitMeanings.map(([exit, meaning]) => `| ${exit} | ${meaning} |`),
    '',
  ].join('\n');
}

function configurationPage(): string {
  return [
    '# Configuration',
    '',
    'Generated from `src/main/config.ts` by `npm run docs`.',
    '',
    'Order: a flag of the command, then the environment, then `.env` in the working directory. An empty value counts as unset. `donna init`',
    'asks for the first ones and writes `.env`.',
    '',
    '| setting | default | meaning |',
    '|---|---|---|',
    ...Object.entries(settingsSchema.shape).map(
      ([name, schema]) => `| \`${name}\` | ${defaultOf(schema)} | ${schema.description ?? ''} |`,
    ),
    '',
  ].join('\n');
}

/** As it would be written into the environment: the default before it is parsed. */
function defaultOf(schema: { readonly def: object }): string {
  const value = 'defaultValue' in schema.def ? schema.def.defaultValue : undefined;
  return value === undefined || (Array.isArray(value) && value.length === 0) ? '' : `\`${String(value)}\``;
}

const root = process.cwd();
const check = process.argv.includes('--check');
let stale = 0;
for (const [file, text] of [
  ['docs/errors.md', errorsPage()],
  ['docs/configuration.md', configurationPage()],
  ['docs/openapi.json', `${JSON.stringify(openApiDocument(packageJson.version), null, 2)}\n`],
] as const) {
  const target = path.join(root, file);
  if (!check) {
    writeFileSync(target, text);
    console.log(`wrote ${file}`);
  } else if (readOrEmpty(target) !== text) {
    console.error(`${file} is not what the code says: run npm run docs`);
    stale++;
  }
}
if (stale > 0) process.exitCode = 1;

function readOrEmpty(target: string): string {
  try {
    return readFileSync(target, 'utf8');
  } catch {
    return '';
  }
}
