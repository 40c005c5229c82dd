import type { Command } from 'commander';
import { AppError } from '../../../kernel/errors.ts';
import type { Cli } from '../../cli.ts';
import { readPhoneNumber } from '../../read-phone-number.ts';
import type { OpenControl } from '../../service/service-api.ts';
import { declareServiceOptions, type ServiceOptions, withService } from '../../service/with-service.ts';

export function declareSuppressRemove(command: Command, cli: Cli, open: OpenControl): void {
  declareServiceOptions(
    command
      .description('let a number be called again')
      .argument('<number>', 'the number, in E.164 such as +12125550142'),
  ).action(async (text: string, options: ServiceOptions) => {
    const { number } = readPhoneNumber(text);
    await withService(cli, open, options, async ({ api }) => {
      await api.removeSuppression(number).catch((error: unknown) => {
        if (!(error instanceof AppError) || error.code !== 'not-found') throw error;
        throw new AppError('not-found', `${number} is not suppressed.`, {
          hint: 'donna suppress list shows what is.',
        });
      });
      if (options.json) cli.out(JSON.stringify({ number, removed: true }));
      else cli.out(`${number} may be called again.`);
    });
  });
}
