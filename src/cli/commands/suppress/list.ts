import type { Command } from 'commander';
import type { Cli } from '../../cli.ts';
import { readWholeNumber } from '../../read-number-option.ts';
import { minuteText } from '../../render/minute-text.ts';
import { styles } from '../../render/styles.ts';
import { tableLines } from '../../render/table.ts';
import type { OpenControl } from '../../service/service-api.ts';
import { declareServiceOptions, type ServiceOptions, withService } from '../../service/with-service.ts';

const columns = ['number', 'reason', 'since', 'by', 'until', 'note'];

interface ListOptions extends ServiceOptions {
  readonly limit: string;
  readonly cursor?: string;
}

export function declareSuppressList(command: Command, cli: Cli, open: OpenControl): void {
  declareServiceOptions(
    command
      .description('list suppressed numbers, newest first; the numbers themselves are not kept')
      .option('--limit <count>', 'how many, 1 to 200', '50')
      .option('--cursor <text>', 'the next page, as the page before names it'),
  ).action(async (options: ListOptions) => {
    const limit = readWholeNumber('--limit', options.limit, { min: 1, max: 200 });
    const { cursor } = options;
    await withService(cli, open, options, async ({ api }) => {
      const page = await api.listSuppressions({ limit, ...(cursor === undefined ? {} : { cursor }) });
      if (options.json)
        return cli.out(JSON.stringify({ suppressions: page.items, nextCursor: page.nextCursor }));
      if (page.items.length === 0) return cli.err('No number is suppressed.');
      const rows = page.items.map((one) => [
        one.masked,
        one.reason,
        minuteText(one.addedAt),
        one.addedBy,
        minuteText(one.expiresAt) ?? 'for ever',
        one.note,
      ]);
      for (const line of tableLines(columns, rows, styles(cli.color))) cli.out(line);
      if (page.nextCursor) cli.err(`There are more: --cursor ${page.nextCursor}`);
    });
  });
}
