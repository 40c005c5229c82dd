import type { Command } from 'commander';
import { documentWords } from '../../diagnosis/report/document-words.ts';
import type { MendedFile } from '../../diagnosis/scan/mended-files.ts';
import type { ScannedFolder } from '../../diagnosis/scan/scan-folder.ts';
import type { ScanReport } from '../../diagnosis/scan/scan-report.ts';
import { printable } from '../../kernel/printable.ts';
import type { Cli } from '../cli.ts';
import { scanCount, scanLines } from '../render/scan.ts';
import { scanJson } from '../render/scan-json.ts';
import { styles } from '../render/styles.ts';
import { readScanFormat, type ScanOptions } from './scan/scan-options.ts';
import type { OpenScanWorld, ScanWorld } from './scan/scan-world.ts';

const after = `
Read are TypeScript, JavaScript (jsx and tsx too), Python, shell scripts, and the code in Markdown: fetch, axios, requests, httpx and curl. Nothing of
it is run. Calls to other hosts are none of its business; what cannot be told from a file alone is listed, and not guessed. Left out are folders
that are built or fetched (node_modules, dist, vendor and their like), hidden ones, symbolic links, what a .gitignore in the folder names, and files
that are minified, larger than 1 MB or not in UTF-8. A .gitignore above the folder and the rules of the user are not read.

--write changes what is certain: a path, a method, the names and the nesting of fields that are written out as literals. Each change is made on a copy
first and read again, and it stands only if the call is right after it. The rest is said, to be done by hand.

Exit codes: 0 no errors · 1 errors (those that --write did not mend) · 2 bad input

Examples:
  donna scan .
  donna scan src --spec openapi.yaml --json
  donna scan . --dry-run | git apply --check
  donna scan . --write
  donna scan . --sarif > findings.sarif`;

export function declareScan(command: Command, cli: Cli, world: OpenScanWorld): void {
  const collect = (value: string, all: readonly string[] = []) => [...all, value];
  command
    .description('find the API calls in a folder of scripts, and what is wrong with them')
    .argument('[folder]', 'the folder, or one file', '.')
    .option('--spec <file or URL>', 'the OpenAPI 3 document, JSON or YAML (repeatable)', collect)
    .option('--offline', 'fetch nothing: a document that was kept, however old, or what Donna knows')
    .option('--history <folder>', 'dated documents (2026-09-23.json): when an endpoint changed, and to what')
    .option('--write', 'mend what is certain')
    .option('--dry-run', 'print what --write would change as a unified diff; the findings go to stderr')
    .option('--format <format>', 'text, json or sarif')
    .option('--json', 'the same as --format json')
    .option('--sarif', 'the same as --format sarif')
    .addHelpText('after', after)
    .action(async (folder: string, options: ScanOptions) => {
      const format = readScanFormat(options);
      const opened = await world({ offline: options.offline ?? false });
      try {
        const scanned = await scan(folder, options, opened, cli);
        const mends = await import('../../diagnosis/scan/mended-files.ts');
        const mended = options.write || options.dryRun ? mends.mendedFiles(scanned) : [];
        const written = options.write && !options.dryRun ? await writeAll(scanned, mended, cli) : [];
        const { report } = scanned;
        if (format === 'json') cli.out(scanJson(report, written));
        else if (format === 'sarif') cli.out(await sarif(report, opened));
        else show(report, mended, written, options, cli);
        if (options.dryRun) await showDiff(mended, cli);
        cli.setExitCode(errorsLeft(report, written) > 0 ? 1 : 0);
      } finally {
        await opened.close();
      }
    });
}

async function scan(
  folder: string,
  options: ScanOptions,
  world: ScanWorld,
  cli: Cli,
): Promise<ScannedFolder> {
  const documents = await world.loadDocuments(options.spec ?? []);
  const [{ scanFolder }, { explain }, past] = await Promise.all([
    import('../../diagnosis/scan/scan-folder.ts'),
    import('../../diagnosis/explain.ts'),
    options.history === undefined ? undefined : readPast(options.history, world),
  ]);
  const explained = past ? { pastOf: past } : {};
  const scanned = await scanFolder(
    folder,
    documents,
    (exchange) => explain(exchange, documents, explained),
    () => !cli.interrupted.aborted,
  );
  if (cli.interrupted.aborted) cli.err('! Stopped before the end: not all files were looked at.');
  return scanned;
}

async function readPast(folder: string, world: ScanWorld) {
  const [history, { pastOf }] = await Promise.all([
    world.history(folder),
    import('../../diagnosis/spec/history.ts'),
  ]);
  return (method: string, path: string) => pastOf(history, method, path);
}

/** The files that were written. One that was changed meanwhile is left alone. */
async function writeAll(
  { report }: ScannedFolder,
  mended: readonly MendedFile[],
  cli: Cli,
): Promise<readonly MendedFile[]> {
  const { writeMended } = await import('../../diagnosis/scan/write-mended.ts');
  const written: MendedFile[] = [];
  for (const file of mended) {
    const name = printable(file.file, 200);
    try {
      if (await writeMended(report, file)) written.push(file);
      else cli.err(`! ${name} was changed while it was read, and is left as it is.`);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      cli.err(`! ${name} cannot be written (${code}), and is left as it is.`);
    }
  }
  return written;
}

function show(
  report: ScanReport,
  mended: readonly MendedFile[],
  written: readonly MendedFile[],
  { dryRun, write }: ScanOptions,
  cli: Cli,
): void {
  const say = dryRun ? cli.err : cli.out;
  for (const line of scanLines(report, styles(cli.color && !dryRun), written)) say(line);
  say(scanCount(report, write === true && !dryRun));
  for (const document of report.documents) cli.err(`Judged by ${documentWords(document)}.`);
  for (const { file, calls } of written) {
    cli.err(`Mended ${calls} ${calls === 1 ? 'call' : 'calls'} in ${printable(file, 200)}.`);
  }
  if (write && mended.length === 0) cli.err('Nothing was changed.');
}

async function showDiff(mended: readonly MendedFile[], cli: Cli): Promise<void> {
  const { unifiedDiff } = await import('../../diagnosis/scan/unified-diff.ts');
  for (const { file, before, after: changed } of mended) {
    for (const line of unifiedDiff(file, before, changed)) cli.out(cli.color ? shown(line) : line);
  }
}

/** What is piped on stays as it is; a terminal is kept from the escapes of a source file. */
function shown(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
  return line.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}

async function sarif(report: ScanReport, { version }: ScanWorld): Promise<string> {
  const [{ scanSarif }, { rules }] = await Promise.all([
    import('../render/scan-sarif.ts'),
    import('../../diagnosis/rules/index.ts'),
  ]);
  return JSON.stringify(scanSarif(report, { version, rules }), undefined, 2);
}

function errorsLeft(report: ScanReport, written: readonly MendedFile[]): number {
  const done = new Set(written.flatMap(({ plans }) => plans));
  return report.calls.filter(
    ({ findings, mend }) =>
      findings.some(({ finding }) => finding.severity === 'error') &&
      !(mend.kind === 'certain' && done.has(mend.edits)),
  ).length;
}
