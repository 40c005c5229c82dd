import type { Command } from 'commander';
import { suppressionReasons } from '../../../calls/index.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Cli } from '../../cli.ts';
import { readChoice } from '../../read-choice.ts';
import { readPhoneNumber } from '../../read-phone-number.ts';
import { readUntil } from '../../read-until.ts';
import { suppressionSentence } from '../../render/suppression.ts';
import type { OpenControl } from '../../service/service-api.ts';
import { declareServiceOptions, type ServiceOptions, withService } from '../../service/with-service.ts';

const LONGEST_NOTE = 500;

const help = `
A suppressed number is dialled by nothing that dials by itself; only its keyed hash is kept. Adding it again replaces what
was said of it before.

Examples:
  donna suppress add +12125550142 --reason asked-not-to-be-called --note "By e-mail."
  donna suppress add +12125550142 --until 30d`;

interface AddOptions extends ServiceOptions {
  readonly reason: string;
  readonly note?: string;
  readonly until?: string;
}

export function declareSuppressAdd(command: Command, cli: Cli, open: OpenControl): void {
  declareServiceOptions(
    command
      .description('call a number no more')
      .argument('<number>', 'the number, in E.164 such as +12125550142')
      .option('--reason <reason>', suppressionReasons.join(', '), 'manual')
      .option('--note <text>', 'how you know')
      .option('--until <date>', 'call it again from then on: 30d, or a date; never unless given'),
  )
    .addHelpText('after', help)
    .action(async (text: string, options: AddOptions) => {
      const { number } = readPhoneNumber(text);
      const reason = readChoice('--reason', options.reason, suppressionReasons);
      const note = options.note?.trim() ?? '';
      if (note.length > LONGEST_NOTE)
        throw new AppError('bad-input', `--note: at most ${LONGEST_NOTE} characters.`);
      await withService(cli, open, options, async ({ api, clock }) => {
        const until =
          options.until === undefined ? undefined : readUntil('--until', options.until, clock.now());
        const suppression = await api.addSuppression({
          number,
          reason,
          note,
          ...(until === undefined ? {} : { expiresAt: new Date(until).toISOString() }),
        });
        if (options.json) return cli.out(JSON.stringify({ suppression }));
        cli.out(`${number} is ${suppressionSentence(suppression)}`);
      });
    });
}
