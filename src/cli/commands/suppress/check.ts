import type { Command } from 'commander';
import type { Cli } from '../../cli.ts';
import { readPhoneNumber } from '../../read-phone-number.ts';
import { suppressionSentence } from '../../render/suppression.ts';
import type { OpenService } from '../../service/service-api.ts';
import { declareServiceOptions, type ServiceOptions, withService } from '../../service/with-service.ts';

export function declareSuppressCheck(command: Command, cli: Cli, open: OpenService): void {
  declareServiceOptions(
    command
      .description('say whether a number is suppressed (exit 3 when it is)')
      .argument('<number>', 'the number, in E.164 such as +12125550142'),
  ).action(async (text: string, options: ServiceOptions) => {
    const { number } = readPhoneNumber(text);
    await withService(cli, open, 'database', options, async ({ api }) => {
      const suppression = await api.getSuppression(number);
      if (suppression) cli.setExitCode(3);
      if (options.json) cli.out(JSON.stringify({ number, suppression: suppression ?? null }));
      else cli.out(`${number} is ${suppression ? suppressionSentence(suppression) : 'not suppressed.'}`);
    });
  });
}
