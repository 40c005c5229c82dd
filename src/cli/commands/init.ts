import type { Command } from 'commander';
import { AppError } from '../../kernel/errors.ts';
import { lastFour } from '../../kernel/mask.ts';
import { printable } from '../../kernel/printable.ts';
import type { Cli } from '../cli.ts';
import { askAccount } from './init/ask-account.ts';
import { askTwilio } from './init/ask-twilio.ts';
import type { Chosen, InitWorld } from './init/init-world.ts';

const help = `
Asks for the key of ElevenLabs and checks it, lets you choose agent and line, takes Twilio's credentials if you have them,
shows what would change in .env of this folder, writes it when you agree, and runs donna diagnose.
Keys are typed hidden, and shown by their last four characters.

Without a terminal set the variables yourself, in the environment or in .env: ELEVENLABS_API_KEY, ELEVENLABS_AGENT_ID,
ELEVENLABS_PHONE_NUMBER_ID, and if you have them TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.

Example:
  donna init`;

export function declareInit(command: Command, cli: Cli, world: () => Promise<InitWorld>): void {
  command
    .description('set up an account in .env: key, agent, line')
    .option('--no-diagnose', 'do not run donna diagnose at the end')
    .option('--json', 'print one JSON object at the end')
    .addHelpText('after', help)
    .action(async (options: { diagnose: boolean; json?: boolean }) => {
      if (!cli.interactive) {
        throw new AppError('bad-config', 'donna init asks questions, and nobody can be asked here.', {
          hint: 'Set ELEVENLABS_API_KEY, ELEVENLABS_AGENT_ID and ELEVENLABS_PHONE_NUMBER_ID (optional: TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN) in the environment or in .env, then run donna diagnose.',
        });
      }
      const opened = await world();
      try {
        await init(cli, opened, options);
      } finally {
        await opened.close();
      }
    });
}

async function init(
  cli: Cli,
  world: InitWorld,
  options: { diagnose: boolean; json?: boolean },
): Promise<void> {
  const { envFile } = world;
  const chosen = { ...(await askAccount(cli, world)), ...(await askTwilio(cli, world)) };
  const before = await envFile.read();
  const changed = Object.fromEntries(
    Object.entries(chosen).filter(([name, value]) => before[name] !== value),
  );
  if (Object.keys(changed).length === 0) {
    cli.err(`${envFile.path} says all of this already.`);
  } else {
    cli.err(`Changes in ${envFile.path}:`);
    for (const line of difference(before, changed)) cli.err(line);
    if ((await cli.confirm('Write them?')) !== true) {
      throw new AppError('bad-input', 'Nothing was written.');
    }
    await envFile.set(changed);
    cli.err(`Written: ${envFile.path}, readable for you alone.`);
  }
  await warn(cli, world, chosen);
  if (options.json) {
    const { ELEVENLABS_AGENT_ID: agentId, ELEVENLABS_PHONE_NUMBER_ID: lineId } = chosen;
    cli.out(JSON.stringify({ file: envFile.path, written: Object.keys(changed), agentId, lineId }));
  }
  if (options.diagnose) await world.diagnose();
}

const secrets = ['ELEVENLABS_API_KEY', 'TWILIO_AUTH_TOKEN'];

function difference(before: Readonly<Record<string, string>>, changed: Chosen): string[] {
  const shown = (name: string, value: string) =>
    secrets.includes(name) ? lastFour(value) : printable(value);
  return Object.entries(changed).map(([name, value]) => {
    const old = before[name];
    return old === undefined
      ? `  + ${name}=${shown(name, value)}`
      : `  ~ ${name}=${shown(name, value)}   (was ${shown(name, old)})`;
  });
}

async function warn(cli: Cli, world: InitWorld, chosen: Chosen): Promise<void> {
  const overruled = Object.keys(chosen).filter((name) => world.inEnvironment.includes(name));
  if (overruled.length > 0) {
    cli.err(`! The environment sets ${overruled.join(', ')} too, and goes over .env.`);
  }
  if ((await world.git(world.envFile.path)) === 'not-ignored') {
    cli.err('! git does not ignore .env here: add it to .gitignore before you commit, since it holds keys.');
  }
}
