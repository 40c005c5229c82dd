import type { Command } from 'commander';
import { askFirst } from '../ask-first.ts';
import type { Cli } from '../cli.ts';
import { stopSentence } from '../render/dialling.ts';
import type { OpenControl } from '../service/service-api.ts';
import { declareServiceOptions, type ServiceOptions, withService } from '../service/with-service.ts';

interface ResumeOptions extends ServiceOptions {
  readonly yes?: boolean;
}

export function declareResume(command: Command, cli: Cli, open: OpenControl): void {
  declareServiceOptions(
    command.description('let the service dial again').option('--yes', 'resume without being asked'),
  ).action((options: ResumeOptions) =>
    withService(cli, open, options, async ({ api }) => {
      const before = await api.readDialling();
      if (before.stopped) {
        cli.err(stopSentence(before));
        await askFirst(cli, 'Dial again?', options);
        await api.resumeDialling();
      }
      const after = await api.readDialling();
      if (options.json) cli.out(JSON.stringify({ ...after, wasStopped: before.stopped }));
      else cli.out(before.stopped ? 'Dialling goes on.' : 'Dialling is not stopped.');
    }),
  );
}
