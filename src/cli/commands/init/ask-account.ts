import { AppError } from '../../../kernel/errors.ts';
import { lastFour } from '../../../kernel/mask.ts';
import { printable } from '../../../kernel/printable.ts';
import { readErrorBody } from '../../../wire/elevenlabs/error.ts';
import type { Cli } from '../../cli.ts';
import { givenUp } from './given-up.ts';
import type { Chosen, InitWorld } from './init-world.ts';

const TRIES = 3;
/** The choice to name it with each call. */
const NONE = '';

/** The key, verified at once, then an agent and a line from the account's lists. */
export async function askAccount(cli: Cli, world: InitWorld): Promise<Chosen> {
  const { apiKey, agents } = await askKey(cli, world);
  const lines = await readable(cli, () => world.lines(apiKey));
  const agent = await choose(cli, world, {
    what: 'agent',
    list: agents?.map(({ id, name }) => ({ value: id, label: printable(name), hint: id })),
    empty: 'The account has no agent yet: create one in the ElevenLabs console.',
  });
  const line = await choose(cli, world, {
    what: 'line',
    list: lines?.map(({ id, number, provider, label }) => ({
      value: id,
      label: printable(`${number} (${provider})${label ? ` ${label}` : ''}`),
      hint: id,
    })),
    empty: 'The account has no line yet: donna lines import.',
  });
  return {
    ELEVENLABS_API_KEY: apiKey,
    ...(agent === NONE ? {} : { ELEVENLABS_AGENT_ID: agent }),
    ...(line === NONE ? {} : { ELEVENLABS_PHONE_NUMBER_ID: line }),
  };
}

type Agents = Awaited<ReturnType<InitWorld['agents']>>;

async function askKey(cli: Cli, world: InitWorld): Promise<{ apiKey: string; agents: Agents | undefined }> {
  const { apiKey: current } = world.current;
  let kept =
    current && (await cli.confirm(`Keep the key ${lastFour(current)}?`)) === true ? current : undefined;
  for (let tries = 1; ; tries++) {
    const typed = kept ?? (await world.prompter.secret('API key of ElevenLabs')) ?? givenUp();
    kept = undefined;
    if (!/^[\x21-\x7e]{1,300}$/.test(typed)) {
      cli.err('That is not a key: it has spaces or other characters that no key has.');
    } else {
      try {
        const agents = await readable(cli, () => world.agents(typed));
        cli.err(`The key ${lastFour(typed)} works.`);
        return { apiKey: typed, agents };
      } catch (error) {
        // Only a refused key is worth asking again; without a network no key helps.
        if (!(error instanceof AppError) || error.exchange?.status !== 401) throw error;
        cli.err(`${printable(error.message)}${error.hint ? ` ${error.hint}` : ''}`);
      }
    }
    if (tries >= TRIES) throw new AppError('bad-config', `No key worked after ${TRIES} tries.`);
  }
}

/** What a restricted key may not list is `undefined`: the key itself may still call. */
async function readable<T>(cli: Cli, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    const body = error instanceof AppError ? readErrorBody(error.exchange?.body) : undefined;
    if (!(error instanceof AppError) || body?.status !== 'missing_permissions') throw error;
    cli.err(`! ${printable(error.message)}`);
    return undefined;
  }
}

async function choose(
  cli: Cli,
  { prompter }: InitWorld,
  asked: {
    what: 'agent' | 'line';
    list: readonly { value: string; label: string; hint: string }[] | undefined;
    empty: string;
  },
): Promise<string> {
  const { what, list, empty } = asked;
  if (list === undefined) {
    const id = await prompter.text(`Id of the ${what} (empty: name it with each call)`);
    if (id === undefined || /^[\w+-]{1,200}$/.test(id)) return id ?? NONE;
    throw new AppError(
      'bad-input',
      `"${printable(id, 60)}" is not the id of a${what === 'agent' ? 'n agent' : ' line'}.`,
    );
  }
  if (list.length === 0) {
    cli.err(empty);
    return NONE;
  }
  const none = { value: NONE, label: 'none: I name it with each call' };
  return (await prompter.choose(`Which ${what} calls?`, [...list, none])) ?? givenUp();
}
