import type { Command } from 'commander';
import type { SuppressionView } from '../../../api/suppression.ts';
import { maskNumber } from '../../../kernel/mask.ts';
import type { PhoneNumber } from '../../../kernel/phone-number.ts';
import type { Cli } from '../../cli.ts';
import { readPhoneNumber } from '../../read-phone-number.ts';
import { suppressionSentence } from '../../render/suppression.ts';
import type { Control, OpenControl } from '../../service/service-api.ts';
import { declareServiceOptions, type ServiceOptions, withService } from '../../service/with-service.ts';

const PAGE = 200;

const help = `
Numbers are kept as keyed hashes. On the machine of the server the hash is compared; from elsewhere only what the list shows of
a number can be, so that another number of the same country, length and end may be meant: then it says so.

Exit codes: 0 not suppressed · 3 suppressed, or one that looks like it`;

export function declareSuppressCheck(command: Command, cli: Cli, open: OpenControl): void {
  declareServiceOptions(
    command
      .description('say whether a number is suppressed')
      .argument('<number>', 'the number, in E.164 such as +12125550142'),
  )
    .addHelpText('after', help)
    .action(async (text: string, options: ServiceOptions) => {
      const { number } = readPhoneNumber(text);
      await withService(cli, open, options, async (control) => {
        const { certain, suppression } = await check(control, number);
        if (suppression) cli.setExitCode(3);
        if (options.json) {
          return cli.out(JSON.stringify({ number, suppression: suppression ?? null, certain }));
        }
        if (!suppression) return cli.out(`${number} is not suppressed.`);
        const which = certain ? number : `${suppression.masked} (${number}, or one that looks like it)`;
        cli.out(`${which} is ${suppressionSentence(suppression)}`);
      });
    });
}

/** A number whose mask is not in the list is surely not suppressed; one whose hash is, surely is. */
async function check(
  { api, hashNumber }: Control,
  number: PhoneNumber,
): Promise<{ certain: boolean; suppression: SuppressionView | undefined }> {
  const masked = maskNumber(number);
  const hash = hashNumber?.(number);
  let alike: SuppressionView | undefined;
  let cursor: string | undefined;
  do {
    const page = await api.listSuppressions({ limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
    for (const one of page.items) {
      if (one.id === hash) return { certain: true, suppression: one };
      if (one.masked === masked) alike ??= one;
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return { certain: alike === undefined, suppression: alike };
}
