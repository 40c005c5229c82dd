import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import {
  type Check,
  checks,
  chooseChecks,
  type DoctorInput,
  type FinishedCheck,
  rootCause,
  runChecks,
} from '../../diagnosis/index.ts';
import { AppError } from '../../kernel/errors.ts';
import type { Cli } from '../cli.ts';
import { checkLines, countLine } from '../render/checks.ts';
import { diagnosisReport } from '../render/diagnosis-report.ts';
import { styles } from '../render/styles.ts';

/** What `donna diagnose` needs of the world. */
export interface DiagnoseWorld {
  readonly input: DoctorInput;
  close(): Promise<void>;
}

interface DiagnoseOptions {
  readonly json?: boolean;
  readonly report?: string;
  readonly list?: boolean;
  readonly only?: readonly string[];
  readonly sandbox?: boolean;
}

const after = `
Nothing here can place a call: the endpoints that dial are asked with an empty body.

Exit codes: 0 nothing fails · 1 a check fails · 2 bad input

Examples:
  donna diagnose
  donna diagnose --only key-rights lines
  donna diagnose --report diagnosis.md     a page to paste into an issue, without keys`;

export function declareDiagnose(
  command: Command,
  cli: Cli,
  world: (choice: { sandbox: boolean }) => Promise<DiagnoseWorld>,
): void {
  command
    .description('say what is wrong with an account, check by check')
    .option('--json', 'print one JSON object at the end')
    .option('--report <file>', 'write the diagnosis as a page of Markdown')
    .option('--list', 'list the checks and what each needs')
    .option('--only <name...>', 'run these checks and what they need')
    .option('--sandbox', 'diagnose the sandbox, whatever is configured')
    .addHelpText('after', after)
    .action(async (options: DiagnoseOptions) => {
      const chosen = chooseChecks(checks, options.only ?? []);
      if (options.list) return list(cli, chosen, options.json ?? false);
      const opened = await world({ sandbox: options.sandbox ?? false });
      try {
        await diagnose(cli, opened.input, chosen, options);
      } finally {
        await opened.close();
      }
    });
}

async function diagnose(
  cli: Cli,
  input: DoctorInput,
  chosen: readonly Check[],
  options: DiagnoseOptions,
): Promise<void> {
  const style = styles(cli.color);
  const show = options.json ? cli.err : cli.out;
  if (input.sandbox) cli.err('sandbox: no phone will ring');
  const finished: FinishedCheck[] = [];
  for await (const check of untilInterrupted(runChecks(chosen, input), cli.interrupted)) {
    finished.push(check);
    if (!options.json) for (const line of checkLines(check, style)) cli.out(line);
  }
  const cause = rootCause(finished);
  if (cause) {
    show(`Root cause: ${cause.check.name}: ${cause.check.summary}`);
    if (cause.check.fix) show(`  → ${cause.check.fix}`);
  }
  show(countLine(finished));
  if (options.report !== undefined) {
    await writeReport(options.report, diagnosisReport(finished, input));
    cli.err(`The report is in ${options.report}.`);
  }
  if (options.json) {
    cli.out(
      JSON.stringify({
        sandbox: input.sandbox,
        ok: cause === undefined,
        rootCause: cause
          ? { check: cause.check.name, explains: cause.explains, besides: cause.besides }
          : null,
        checks: finished,
      }),
    );
  }
  if (cause) cli.setExitCode(1);
  if (cli.interrupted.aborted && finished.length < chosen.length) {
    cli.err(`Stopped after ${finished.length} of ${chosen.length} checks.`);
    cli.setExitCode(1);
  }
}

/** Ends at Ctrl-C, even while a slow check is being waited for. */
async function* untilInterrupted<Item>(
  items: AsyncGenerator<Item>,
  signal: AbortSignal,
): AsyncGenerator<Item> {
  const interrupted = new Promise<{ done: true }>((resolve) => {
    if (signal.aborted) resolve({ done: true });
    else signal.addEventListener('abort', () => resolve({ done: true }), { once: true });
  });
  while (!signal.aborted) {
    const next = await Promise.race([items.next(), interrupted]);
    if (next.done) return;
    yield next.value;
  }
}

function list(cli: Cli, chosen: readonly Check[], json: boolean): void {
  if (json) {
    cli.out(JSON.stringify(chosen.map(({ name, title, needs }) => ({ name, title, needs }))));
    return;
  }
  for (const { name, title, needs } of chosen) {
    cli.out(`${name.padEnd(18)} ${title}${needs.length > 0 ? ` (needs ${needs.join(', ')})` : ''}`);
  }
}

async function writeReport(file: string, page: string): Promise<void> {
  try {
    await writeFile(file, page);
  } catch (error) {
    throw new AppError('bad-input', `The report cannot be written to ${file}: ${(error as Error).message}.`, {
      hint: 'Name a file in a folder that exists and can be written.',
      cause: error,
    });
  }
}
