import type { Command } from 'commander';
import { sameNumber } from '../../../calls/index.ts';
import { AppError } from '../../../kernel/errors.ts';
import { type PhoneNumber, parsePhoneNumber } from '../../../kernel/phone-number.ts';
import { printable } from '../../../kernel/printable.ts';
import type { Cli } from '../../cli.ts';
import { importPreview } from './import-preview.ts';
import type { LinesWorld, OpenLinesWorld } from './lines-world.ts';
import { type ImportOptions, readTrunk } from './read-trunk.ts';
import { readTwilioNumber } from './read-twilio-number.ts';

const help = `
Secrets are never arguments: the Twilio account comes from TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, the password of a trunk from
DONNA_SIP_PASSWORD; on a terminal they are asked for. ElevenLabs keeps a copy of them for the line.
What will be sent is shown first. On a terminal you are asked, elsewhere --yes says that it is meant.

Examples:
  donna lines import --twilio +12125550100 --label "Front desk"
  donna lines import --sip +12125550101 --address sip.example.com --transport tls --username donna --yes --json`;

export function declareLinesImport(command: Command, cli: Cli, world: OpenLinesWorld): void {
  command
    .description('import a Twilio number or a SIP trunk into ElevenLabs as a line')
    .option('--twilio <number>', 'a number of the Twilio account')
    .option('--sip <number>', 'a number of a SIP trunk')
    .option('--label <text>', 'a name for the line; its number unless given')
    .option('--address <host>', 'SIP: where the trunk takes calls, host or host:port')
    .option('--transport <name>', 'SIP: auto, udp, tcp or tls')
    .option('--media-encryption <how>', 'SIP: disabled, allowed or required')
    .option('--username <name>', 'SIP: the user name of the trunk, if it has one')
    .option('--yes', 'import without being asked')
    .option('--sandbox', 'import into the sandbox')
    .option('--json', 'print one JSON object')
    .addHelpText('after', help)
    .action(async (options: ImportOptions) => {
      const number = readNumber(options);
      const opened = await world({ sandbox: options.sandbox ?? false });
      try {
        if (opened.sandbox) cli.err('sandbox account');
        await importLine(cli, opened, number, options);
      } finally {
        await opened.close();
      }
    });
}

function readNumber({ twilio, sip, ...others }: ImportOptions): PhoneNumber {
  const text = twilio ?? sip;
  if (text === undefined || (twilio !== undefined && sip !== undefined)) {
    throw new AppError('bad-input', 'Say what to import: --twilio <number> or --sip <number>.');
  }
  const misplaced = (['address', 'transport', 'mediaEncryption', 'username'] as const).find(
    (name) => others[name] !== undefined,
  );
  if (twilio !== undefined && misplaced) {
    throw new AppError('bad-input', `--${misplaced.replace('mediaE', 'media-e')} belongs to --sip.`);
  }
  const parsed = parsePhoneNumber(text);
  if (parsed.kind === 'number') return parsed.facts.number;
  throw new AppError('bad-input', `"${printable(text, 60)}" is not a phone number: ${parsed.why}.`, {
    hint: 'Write it with + and the country code, such as +12125550100.',
  });
}

async function importLine(
  cli: Cli,
  world: LinesWorld,
  number: PhoneNumber,
  options: ImportOptions,
): Promise<void> {
  // A program that wants JSON is not asked anything.
  const asks = cli.interactive && !options.json;
  await refuseDuplicate(world, number);
  const body =
    options.twilio === undefined
      ? await readTrunk(world, number, { ...options, asks })
      : await readTwilioNumber(cli, world, number, { ...options, asks });
  for (const line of importPreview(body)) cli.err(line);
  if (!options.yes) {
    if (!asks) {
      throw new AppError('bad-input', 'Nothing was imported: nobody can be asked here.', {
        hint: 'Add --yes when this is what you want.',
      });
    }
    if ((await cli.confirm('Import this line?')) !== true) {
      throw new AppError('bad-input', 'Nothing was imported.');
    }
  }
  const id = await world.importLine(body);
  if (options.json) {
    const { provider, label } = body;
    return cli.out(JSON.stringify({ sandbox: world.sandbox, line: { id, number, provider, label } }));
  }
  cli.out(`Imported: ${printable(id)}`);
  cli.err(`Call from it: donna call <number> --from ${printable(id)}${world.sandbox ? ' --sandbox' : ''}`);
}

async function refuseDuplicate(world: LinesWorld, number: PhoneNumber): Promise<void> {
  const lines = await world.provider.lines();
  const same = lines.find((line) => sameNumber(line, number));
  if (!same) return;
  throw new AppError(
    'bad-input',
    `${number} is a line already: ${printable(same.id)} (${printable(same.provider)}).`,
    {
      hint: `Nothing was sent. Call from it with --from ${printable(same.id)}; to change it, use the ElevenLabs console.`,
    },
  );
}
