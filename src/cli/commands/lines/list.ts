import type { Command } from 'commander';
import { isDiallable, type Line, sameNumber } from '../../../calls/index.ts';
import { parsePhoneNumber } from '../../../kernel/phone-number.ts';
import type { Cli } from '../../cli.ts';
import { styles } from '../../render/styles.ts';
import { tableLines } from '../../render/table.ts';
import type { LinesWorld, OpenLinesWorld } from './lines-world.ts';

export function declareLinesList(command: Command, cli: Cli, world: OpenLinesWorld): void {
  command
    .description('list the lines (phone numbers) of the account with their ids')
    .option('--sandbox', 'the lines of the sandbox')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  donna lines list\n  donna lines list --json\n  donna call +12125550142 --from phnum_0123456789',
    )
    .action(async (options: { sandbox?: boolean; json?: boolean }) => {
      const opened = await world({ sandbox: options.sandbox ?? false });
      try {
        if (opened.sandbox) cli.err('sandbox account');
        await list(cli, opened, options.json ?? false);
      } finally {
        await opened.close();
      }
    });
}

async function list(cli: Cli, world: LinesWorld, json: boolean): Promise<void> {
  const { from } = world.defaults;
  const lines = (await world.provider.lines()).map((line) => ({
    id: line.id,
    number: line.number,
    provider: line.provider,
    label: line.label,
    outbound: callsOut(line),
    assignedAgent: line.assignedAgent,
    default: from !== undefined && (from === line.id || isNumberOf(line, from)),
  }));
  if (json) {
    cli.out(JSON.stringify({ sandbox: world.sandbox, lines }));
  } else if (lines.length === 0) {
    cli.err(`The account has no line: donna lines import${world.sandbox ? ' --sandbox' : ''}.`);
  } else {
    const names = ['line', 'number', 'provider', 'label', 'outbound', 'answers with agent', 'default'];
    const rows = lines.map((line) => [
      line.id,
      line.number,
      line.provider,
      line.label,
      line.outbound ? 'yes' : 'no',
      line.assignedAgent?.name || line.assignedAgent?.id,
      line.default ? 'yes' : 'no',
    ]);
    for (const row of tableLines(names, rows, styles(cli.color))) cli.out(row);
  }
}

function callsOut(line: Line): boolean {
  return line.supportsOutbound && line.hasOutboundTrunk !== false && isDiallable(line);
}

function isNumberOf(line: Line, text: string): boolean {
  const parsed = parsePhoneNumber(text);
  return parsed.kind === 'number' && sameNumber(line, parsed.facts.number);
}
