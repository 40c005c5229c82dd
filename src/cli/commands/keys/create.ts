import type { Command } from 'commander';
import { roleNames } from '../../../api/fields.ts';
import { type NewKeyInput, newKey } from '../../../api/key.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Cli } from '../../cli.ts';
import { readChoice } from '../../read-choice.ts';
import { readWholeNumber } from '../../read-number-option.ts';
import type { OpenControl } from '../../service/service-api.ts';
import { declareServiceOptions, type ServiceOptions, withService } from '../../service/with-service.ts';

const help = `
Roles: viewer reads · caller also places, cancels and retries calls · operator also decides unknowns, suppresses numbers,
stops and resumes · admin also makes keys and forgets people.
The key is printed once, alone on stdout; only its hash is kept. It goes into DONNA_API_KEY.

Examples:
  donna keys create billing-server --budget-calls 200
  donna keys create "Ada Lovelace" --role operator
  DONNA_API_KEY=$(donna keys create ci --role viewer)`;

interface CreateOptions extends ServiceOptions {
  readonly role: string;
  readonly rate?: string;
  readonly budgetCalls?: string;
  readonly budgetMinutes?: string;
  readonly budgetCents?: string;
}

export function declareKeysCreate(command: Command, cli: Cli, open: OpenControl): void {
  declareServiceOptions(
    command
      .description('make a key for the API, for a person or a program')
      .argument('<name>', 'whose it is; it stands in timelines')
      .option('--role <role>', roleNames.join(', '), 'caller')
      .option('--rate <requests>', 'requests a minute; 600 unless given')
      .option('--budget-calls <count>', 'calls a day (UTC)')
      .option('--budget-minutes <count>', 'minutes of conversation a day')
      .option('--budget-cents <count>', 'US cents a day'),
  )
    .addHelpText('after', help)
    .action(async (name: string, options: CreateOptions) => {
      const wish = readWish(name, options);
      await withService(cli, open, options, async ({ api }) => {
        const created = await api.createKey(wish);
        if (options.json) return cli.out(JSON.stringify(created));
        cli.err(`${created.id}: ${created.name}, ${created.role}. It is shown this once:`);
        cli.out(created.key);
        cli.err('Use it as DONNA_API_KEY, or as the header Authorization: Bearer.');
      });
    });
}

function readWish(name: string, options: CreateOptions): NewKeyInput {
  const parsed = newKey.shape.name.safeParse(name);
  if (!parsed.success) {
    throw new AppError(
      'bad-input',
      `The name of the key: ${parsed.error.issues[0]?.message ?? 'is wrong.'}`,
      {
        hint: 'Such as billing-server, or a person’s name.',
      },
    );
  }
  const amount = (option: string, text: string | undefined) =>
    text === undefined ? undefined : readWholeNumber(option, text, { min: 0, max: 100_000_000 });
  const calls = amount('--budget-calls', options.budgetCalls);
  const minutes = amount('--budget-minutes', options.budgetMinutes);
  const cents = amount('--budget-cents', options.budgetCents);
  const budget = {
    ...(calls === undefined ? {} : { calls }),
    ...(minutes === undefined ? {} : { minutes }),
    ...(cents === undefined ? {} : { cents }),
  };
  return {
    name: parsed.data,
    role: readChoice('--role', options.role, roleNames),
    ...(options.rate === undefined
      ? {}
      : { ratePerMinute: readWholeNumber('--rate', options.rate, { min: 1, max: 100_000 }) }),
    ...(Object.keys(budget).length > 0 ? { budget } : {}),
  };
}
