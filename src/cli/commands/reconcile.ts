import type { Command } from 'commander';
import { type Line, sameNumber } from '../../calls/index.ts';
import type { Ledger, LedgerEvent, LedgerRequest } from '../../calls/ledger/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { AppError } from '../../kernel/errors.ts';
import { parsePhoneNumber } from '../../kernel/phone-number.ts';
import { printable } from '../../kernel/printable.ts';
import type { Cli } from '../cli.ts';
import { readSince } from '../read-since.ts';
import { ledgerLines } from '../render/ledger.ts';
import { ledgerCsv } from '../render/ledger-csv.ts';
import { ledgerFacts } from '../render/ledger-facts.ts';
import { styles } from '../render/styles.ts';

/** What `donna reconcile` needs of the world. */
export interface ReconcileWorld {
  /** The account is pretended. */
  readonly sandbox: boolean;
  readonly clock: Clock;
  readonly lines: () => Promise<readonly Line[]>;
  readonly readLedger: (request: LedgerRequest, signal: AbortSignal) => AsyncGenerator<LedgerEvent>;
  close(): Promise<void>;
}

type OpenReconcileWorld = (choice: { sandbox: boolean }) => Promise<ReconcileWorld>;

const PROGRESS_EVERY_MS = 3_000;

const help = `
It only reads, and needs no service. Every conversation of the period is opened, because the list of ElevenLabs has neither
number nor Call SID: a month of 10,000 calls takes some minutes. Ctrl-C stops it.

The exit code is 0 whatever is found: the counts are in the output. docs/guide/reconcile.md explains each finding.

Examples:
  donna reconcile --since 30d
  donna reconcile --since 2026-01-01 --line +12125550100 --csv > ledger.csv
  donna reconcile --since 7d --json`;

interface ReconcileOptions {
  readonly since: string;
  readonly line?: string;
  readonly agent?: string;
  readonly sandbox?: boolean;
  readonly json?: boolean;
  readonly csv?: boolean;
}

export function declareReconcile(command: Command, cli: Cli, world: OpenReconcileWorld): void {
  command
    .option('--since <time>', 'calls since then: 12h, 30d, or a date', '30d')
    .option('--line <line>', 'calls of one line: phnum_… or its number')
    .option('--agent <id>', 'calls of one agent')
    .option('--sandbox', 'calls of the sandbox')
    .option('--csv', 'print the findings as CSV')
    .option('--json', 'print one JSON object')
    .addHelpText('after', help)
    .action(async (options: ReconcileOptions) => {
      if (options.csv && options.json) {
        throw new AppError('bad-input', '--csv and --json exclude each other.', { hint: 'Leave one out.' });
      }
      if (options.agent !== undefined && !/^[\w-]{1,200}$/.test(options.agent)) {
        throw new AppError('bad-input', '--agent: that is not the id of an agent.', {
          hint: `donna agents list${options.sandbox ? ' --sandbox' : ''} shows them.`,
        });
      }
      const opened = await world({ sandbox: options.sandbox ?? false });
      try {
        await reconcile(cli, opened, options);
      } finally {
        await opened.close();
      }
    });
}

async function reconcile(cli: Cli, world: ReconcileWorld, options: ReconcileOptions): Promise<void> {
  const since = new Date(readSince('--since', options.since, world.clock.now()));
  if (world.sandbox) cli.err('sandbox account');
  const line = options.line === undefined ? undefined : await findLine(world, options.line);
  const ledger = await readToEnd(cli, world, { since, line, agentId: options.agent });
  if (options.json) return cli.out(JSON.stringify({ sandbox: world.sandbox, ...ledgerFacts(ledger, world) }));
  if (options.csv) {
    for (const record of ledgerCsv(ledger, world)) cli.out(record);
    // What is missing would otherwise be told nowhere: the file has findings alone.
    for (const sentence of ledger.notChecked) cli.err(`! not checked: ${printable(sentence)}`);
    return;
  }
  for (const text of ledgerLines(ledger, world, styles(cli.color))) cli.out(text);
}

/** Shows how far the reading is, every few seconds. Throws when the person has stopped it. */
async function readToEnd(cli: Cli, world: ReconcileWorld, request: LedgerRequest): Promise<Ledger> {
  const { clock } = world;
  let toldAt = clock.monotonic();
  for await (const event of world.readLedger(request, cli.interrupted)) {
    if (event.kind === 'ledger') return event.ledger;
    if (clock.monotonic() - toldAt < PROGRESS_EVERY_MS) continue;
    toldAt = clock.monotonic();
    cli.err(progressOf(event));
  }
  throw new AppError('not-possible', 'Stopped before everything was read, so there is no ledger.', {
    hint: 'Nothing was changed. A shorter --since, --line or --agent takes less time.',
  });
}

function progressOf(event: Exclude<LedgerEvent, { kind: 'ledger' }>): string {
  switch (event.kind) {
    case 'carrier-calls':
      return `Twilio: ${event.read} calls …`;
    case 'listed':
      return `ElevenLabs: ${event.conversations} conversations listed …`;
    case 'opened':
      return `ElevenLabs: ${event.done} of ${event.of} conversations opened …`;
  }
}

async function findLine(world: ReconcileWorld, text: string): Promise<Line> {
  const parsed = parsePhoneNumber(text);
  const found = (await world.lines()).find(
    (line) => line.id === text || (parsed.kind === 'number' && sameNumber(line, parsed.facts.number)),
  );
  if (found) return found;
  throw new AppError('not-found', `The account has no line ${printable(text, 60)}.`, {
    hint: `donna lines list${world.sandbox ? ' --sandbox' : ''} shows them.`,
  });
}
