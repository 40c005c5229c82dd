import type { Command } from 'commander';
import type { ForgetReportView } from '../../api/forget.ts';
import { printable } from '../../kernel/printable.ts';
import { askFirst } from '../ask-first.ts';
import type { Cli } from '../cli.ts';
import { readPhoneNumber } from '../read-phone-number.ts';
import { type Styles, styles } from '../render/styles.ts';
import type { OpenService } from '../service/service-api.ts';
import { declareServiceOptions, type ServiceOptions, withService } from '../service/with-service.ts';

const help = `
Erases the number, variables, what was said and recordings: here, at ElevenLabs (the conversations) and at the carrier (the
recordings). That a call was made, when, and how it ended stays, without the person. A suppression stays too: it is a hash,
and keeps the number from being called. It cannot be undone.

Exit codes: 0 all of it is gone · 4 something could not be reached, and is tried again for a week

Example:
  donna forget +12125550142`;

interface ForgetOptions extends ServiceOptions {
  readonly yes?: boolean;
}

export function declareForget(command: Command, cli: Cli, open: OpenService): void {
  declareServiceOptions(
    command
      .description('erase the person behind a number: here, at ElevenLabs and at the carrier')
      .argument('<number>', 'the number, in E.164 such as +12125550142')
      .option('--yes', 'forget without being asked'),
  )
    .addHelpText('after', help)
    .action(async (text: string, options: ForgetOptions) => {
      const { number } = readPhoneNumber(text);
      await withService(cli, open, options, async ({ api }) => {
        await askFirst(cli, `Forget ${number} for good?`, options);
        const report = await api.forget(number);
        if (report.couldNotReach.length > 0) cli.setExitCode(4);
        if (options.json) cli.out(JSON.stringify({ number, ...report }));
        else for (const line of reportLines(report, styles(cli.color))) cli.out(line);
      });
    });
}

function reportLines({ erased, alreadyGone, couldNotReach }: ForgetReportView, style: Styles): string[] {
  if (erased + alreadyGone + couldNotReach.length === 0) return ['Nothing was kept of this number.'];
  return [
    `${style.good('✓')} Erased: ${erased}`,
    ...(alreadyGone > 0 ? [`  Gone already: ${alreadyGone}`] : []),
    ...(couldNotReach.length > 0
      ? [`${style.bad('✗')} Could not be reached: ${couldNotReach.length}; it is tried again for a week`]
      : []),
    ...couldNotReach.map(({ where, id, why }) => `  ${printable(where)} ${printable(id)}: ${printable(why)}`),
  ];
}
