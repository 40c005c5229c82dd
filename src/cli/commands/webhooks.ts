import type { Command } from 'commander';
import { AppError } from '../../kernel/errors.ts';
import { printable } from '../../kernel/printable.ts';
import type { Cli } from '../cli.ts';
import { type Connected, connectWebhook, secretName } from './webhooks/connect-webhook.ts';
import type { OpenWebhooksWorld, WebhooksWorld } from './webhooks/webhooks-world.ts';

const help = `
Creates the webhook (HMAC), attaches the events transcript, audio and call_initiation_failure, turns retries on, and writes the
secret, which ElevenLabs gives out once, to .env of this folder as ${secretName} (mode 0600). It is never printed.
A webhook with the same URL is used again. What is there already is replaced only when you say so.

Examples:
  donna webhooks connect --url https://donna.example.com/webhooks/elevenlabs
  donna webhooks connect --url https://donna.example.com/hook --name Donna --replace --json`;

interface ConnectOptions {
  readonly url: string;
  readonly name: string;
  readonly replace?: boolean;
  readonly sandbox?: boolean;
  readonly json?: boolean;
}

export function declareWebhooks(command: Command, cli: Cli, world: OpenWebhooksWorld): void {
  command
    .command('connect')
    .description('have ElevenLabs tell a server of yours when a call has ended')
    .requiredOption('--url <url>', 'where to send: an https URL')
    .option('--name <text>', 'the name of the webhook in ElevenLabs', 'Donna')
    .option('--replace', 'replace another attached webhook and another stored secret')
    .option('--sandbox', 'connect the sandbox')
    .option('--json', 'print one JSON object')
    .addHelpText('after', help)
    .action(async (options: ConnectOptions) => {
      if (!/^[^\p{C}]{1,100}$/u.test(options.name)) {
        throw new AppError('bad-input', '--name: 1 to 100 characters, without control characters.');
      }
      const opened = await world({ sandbox: options.sandbox ?? false });
      try {
        if (opened.sandbox) cli.err('sandbox account');
        await connect(cli, opened, readUrl(options.url, opened.sandbox), options);
      } finally {
        await opened.close();
      }
    });
}

async function connect(cli: Cli, world: WebhooksWorld, url: string, options: ConnectOptions): Promise<void> {
  const connected = await connectWebhook(world, {
    url,
    name: options.name,
    mayReplace: async (what) => {
      if (options.replace) return true;
      if (!cli.interactive || options.json) return false;
      cli.err(what);
      return (await cli.confirm('Replace it?')) === true;
    },
  });
  if (!connected.secret) {
    cli.err(
      `! Its secret was shown when the webhook was made, and ${secretName} is not set here. If nobody has it, delete the webhook in the ElevenLabs console and connect again.`,
    );
  }
  if (connected.overruled) {
    cli.err(`! The environment sets another ${secretName}, and goes over .env: change it there.`);
  }
  if (options.json) cli.out(JSON.stringify({ sandbox: world.sandbox, ...connected, retries: true }));
  else for (const line of lines(connected)) cli.out(line);
}

function lines({ webhookId, url, created, secret, events }: Connected): string[] {
  return [
    `${created ? 'Created' : 'Used again'}: webhook ${printable(webhookId)} to ${url}`,
    `Attached: ${events.join(', ')}`,
    'Retries: on',
    ...(secret
      ? [
          created
            ? `Secret: ${secret.lastFour}, stored as ${secretName} in ${secret.file}`
            : `Secret: ${secret.lastFour}, as ${secretName} in ${secret.file} says (ElevenLabs cannot show it again)`,
        ]
      : []),
  ];
}

function readUrl(text: string, sandbox: boolean): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const refuse = (why: string) =>
    new AppError('bad-input', `--url: "${printable(text, 200)}" ${why}.`, {
      hint: 'Such as https://donna.example.com/webhooks/elevenlabs.',
    });
  if (!url) throw refuse('is not a URL');
  if (url.username || url.password) throw refuse('holds a user name or password');
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  // The sandbox runs here and reaches a server here; ElevenLabs does not.
  if (sandbox && local && url.protocol === 'http:') return url.href;
  if (url.protocol !== 'https:') throw refuse('is not https');
  if (local && !sandbox) throw refuse('is this machine, which ElevenLabs cannot reach');
  return url.href;
}
