import type { Command } from 'commander';
import { AppError } from '../../kernel/errors.ts';
import { printable } from '../../kernel/printable.ts';
import type { Cli } from '../cli.ts';
import { readWholeNumber } from '../read-number-option.ts';
import { serviceLines } from '../render/service.ts';
import { styles } from '../render/styles.ts';

/** A service that listens. */
export interface RunningService {
  readonly url: string;
  /** The account is pretended. */
  readonly sandbox: boolean;
  readonly database: 'embedded' | 'postgres';
  /** Where the data is: the directory of the embedded database, or host and name of the one that nodes share. Never a password. */
  readonly data: string;
  /** Where the provider is, and the last four characters of the key. */
  readonly account: { readonly baseUrl: string; readonly key: string };
  /** Where ElevenLabs delivers its webhooks; `undefined` when it cannot, and ends are found by asking. */
  readonly webhook: string | undefined;
  /** Resolves with why the service cannot go on by itself, such as a data directory that another process took. */
  readonly failed: Promise<Error>;
  /** Dials nothing new, hands over what is under way, answers what was asked, and lets go of the database. */
  close(): Promise<void>;
}

/** What `donna serve` needs of the world. */
export interface ServeWorld {
  /**
   * Throws AppError: `bad-config` without an account, for a port that is taken, and for an address that others reach while no key is in
   * force; `storage` when another server has the data directory.
   */
  start(options: { port: number; host: string; sandbox: boolean }): Promise<RunningService>;
}

const DEFAULT_PORT = '4000';
const DEFAULT_HOST = '127.0.0.1';

const help = `
The other commands find the server by themselves on this machine; from elsewhere by DONNA_URL and DONNA_API_KEY.
Ctrl-C stops it: nothing new is dialled, calls that run are followed by the next start, or by another node. A second Ctrl-C
stops it at once, and loses nothing that was answered.

Examples:
  donna serve --sandbox                      everything works, and no phone rings
  donna serve                                with ELEVENLABS_API_KEY set
  donna serve --host 0.0.0.0 --port 8080     after donna keys create`;

interface ServeOptions {
  readonly port: string;
  readonly host: string;
  readonly sandbox?: boolean;
  readonly json?: boolean;
}

export function declareServe(
  command: Command,
  cli: Cli,
  world: (choice: { sandbox: boolean }) => Promise<ServeWorld>,
): void {
  command
    .description('run the service: the HTTP API, webhooks, and an engine that dials and follows')
    .option('--port <number>', 'the port; 0 takes a free one', DEFAULT_PORT)
    .option('--host <address>', 'the address to listen on; others reach anything but 127.0.0.1', DEFAULT_HOST)
    .option('--sandbox', 'serve the sandbox: no phone rings')
    .option('--json', 'print one JSON object once it listens')
    .addHelpText('after', help)
    .action(async (options: ServeOptions) => {
      const port = readWholeNumber('--port', options.port, { min: 0, max: 65_535 });
      const host = readHost(options.host);
      const sandbox = options.sandbox ?? false;
      const opened = await world({ sandbox });
      if (cli.interrupted.aborted) return;
      await run(cli, await opened.start({ port, host, sandbox }), options.json ?? false);
    });
}

async function run(cli: Cli, service: RunningService, json: boolean): Promise<void> {
  let failure: Error | undefined;
  try {
    const { close: _, failed, ...facts } = service;
    if (json) cli.out(JSON.stringify({ ...facts, docs: `${facts.url}/docs` }));
    else for (const line of serviceLines(service, styles(cli.color))) cli.out(line);
    if (service.sandbox) cli.err('sandbox: no phone will ring.');
    cli.err('Ctrl-C stops it.');
    failure = await Promise.race([aborted(cli.interrupted), failed]);
    if (!failure) cli.err('Stopping; a second Ctrl-C stops it at once …');
  } finally {
    await service.close();
  }
  if (failure) throw failure;
  cli.err('Stopped. What is not over is taken up by the next start, or by another node.');
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

function readHost(text: string): string {
  if (/^[\w.:-]{1,253}$/.test(text)) return text;
  throw new AppError('bad-input', `--host: "${printable(text, 60)}" is not an address.`, {
    hint: 'Such as 127.0.0.1, or 0.0.0.0 for every address of this machine; the port has its own option.',
  });
}
