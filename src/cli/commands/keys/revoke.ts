import type { Command } from 'commander';
import { AppError } from '../../../kernel/errors.ts';
import { printable } from '../../../kernel/printable.ts';
import type { Cli } from '../../cli.ts';
import type { OpenControl } from '../../service/service-api.ts';
import { declareServiceOptions, type ServiceOptions, withService } from '../../service/with-service.ts';

export function declareKeysRevoke(command: Command, cli: Cli, open: OpenControl): void {
  declareServiceOptions(
    command
      .description('revoke a key, for good')
      .argument('<id|name>', 'key_…, or the name where no other key has it'),
  ).action((named: string, options: ServiceOptions) =>
    withService(cli, open, options, async ({ api, url }) => {
      const key = await api.revokeKey(named).catch((error: unknown) => {
        if (!(error instanceof AppError) || error.code !== 'not-found') throw error;
        throw new AppError('not-found', error.message, { hint: 'donna keys list shows them.' });
      });
      if (options.json) return cli.out(JSON.stringify({ key }));
      cli.out(`Revoked: ${printable(key.id)} (${printable(key.name)}, ${key.role})`);
      if (key.cancelledCalls > 0)
        cli.out(`Cancelled: ${key.cancelledCalls} of its calls, which waited to be dialled`);
      if (url !== undefined) cli.err('Other nodes honour it for ten more seconds at most.');
    }),
  );
}
