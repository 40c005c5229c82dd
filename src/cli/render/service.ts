import { printable } from '../../kernel/printable.ts';
import type { RunningService } from '../commands/serve.ts';
import type { Styles } from './styles.ts';

/** What somebody needs to use a service that runs. */
export function serviceLines(service: RunningService, style: Styles): string[] {
  const { url, sandbox, account, database, data, webhook } = service;
  const field = (name: string, value: string) => `${`${name}:`.padEnd(10)} ${printable(value)}`;
  return [
    style.bold(`Donna listens at ${url}`),
    field('docs', `${url}/docs`),
    field(
      'account',
      sandbox ? 'the sandbox: nobody is called' : `key ${account.key} at ${account.baseUrl}: phones ring`,
    ),
    field('database', `${database}, ${data}`),
    field(
      'webhooks',
      webhook ?? 'none: ElevenLabs cannot reach this server (DONNA_PUBLIC_URL), so it is asked',
    ),
    '',
    'A first call, from another terminal:',
    '  donna call +12125550110',
  ];
}
