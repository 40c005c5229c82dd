import type { Command } from 'commander';
import { AppError } from '../../kernel/errors.ts';
import type { Cli } from '../cli.ts';
import { stopSentence } from '../render/dialling.ts';
import type { OpenControl } from '../service/service-api.ts';
import { declareServiceOptions, type ServiceOptions, withService } from '../service/with-service.ts';

const LONGEST_REASON = 500;

const help = `
Nothing new is dialled, on any node, until donna resume. Calls that ring or talk go on: donna calls hangup <id> ends one.

Example:
  donna stop The script names the wrong invoice`;

/** Asks nothing: stopping has to be quick. */
export function declareStop(command: Command, cli: Cli, open: OpenControl): void {
  declareServiceOptions(
    command
      .description('stop all dialling of the service, at once')
      .argument('[reason...]', 'why, for whoever reads it later'),
  )
    .addHelpText('after', help)
    .action(async (words: readonly string[], options: ServiceOptions) => {
      const reason = words.join(' ').trim() || 'no reason given';
      if (reason.length > LONGEST_REASON)
        throw new AppError('bad-input', `The reason has at most ${LONGEST_REASON} characters.`);
      await withService(cli, open, options, async ({ api }) => {
        const dialling = await api.stopDialling(reason);
        if (options.json) return cli.out(JSON.stringify(dialling));
        cli.out(stopSentence(dialling));
        cli.err('Calls that ring or talk go on. donna resume lets it dial again.');
      });
    });
}
