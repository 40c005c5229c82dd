import type { Command } from 'commander';
import type { KeyView } from '../../../api/key.ts';
import type { Cli } from '../../cli.ts';
import { minuteText } from '../../render/minute-text.ts';
import { styles } from '../../render/styles.ts';
import { tableLines } from '../../render/table.ts';
import type { OpenControl } from '../../service/service-api.ts';
import { declareServiceOptions, type ServiceOptions, withService } from '../../service/with-service.ts';

const columns = ['id', 'name', 'role', 'key', 'created', 'by', 'last used', 'revoked', 'limits'];

export function declareKeysList(command: Command, cli: Cli, open: OpenControl): void {
  declareServiceOptions(command.description('list the keys, with those that were revoked')).action(
    (options: ServiceOptions) =>
      withService(cli, open, options, async ({ api }) => {
        const keys = await api.listKeys();
        if (options.json) return cli.out(JSON.stringify({ keys }));
        if (keys.length === 0) return cli.err('There is no key yet: donna keys create <name>.');
        for (const line of tableLines(columns, keys.map(row), styles(cli.color))) cli.out(line);
      }),
  );
}

function row(key: KeyView): (string | undefined)[] {
  return [
    key.id,
    key.name,
    key.role,
    key.lastFour,
    minuteText(key.createdAt),
    key.createdBy,
    minuteText(key.lastUsedAt),
    minuteText(key.revokedAt),
    limits(key),
  ];
}

function limits({ ratePerMinute, budget }: KeyView): string | undefined {
  const parts = [
    ratePerMinute === null ? undefined : `${ratePerMinute} requests a minute`,
    ...Object.entries(budget ?? {}).map(([what, amount]) => `${amount} ${what} a day`),
  ].filter((part) => part !== undefined);
  return parts.join(', ') || undefined;
}
