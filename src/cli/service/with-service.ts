import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import type { Control, ServiceChoice } from './service-api.ts';

/** Options of every command that works on the service. */
export interface ServiceOptions {
  readonly url?: string;
  readonly sandbox?: boolean;
  readonly json?: boolean;
}

export function declareServiceOptions(command: Command): Command {
  return command
    .option('--url <url>', 'the Donna server (DONNA_URL); the one on this machine unless given')
    .option('--sandbox', 'the sandbox, where no server runs')
    .option('--json', 'print one JSON object');
}

/** Opens the service for as long as `use` takes. That a sandbox is meant is said, since nothing there counts for a real phone. */
export async function withService<Opened extends Control>(
  cli: Cli,
  open: (choice: ServiceChoice) => Promise<Opened>,
  options: ServiceOptions,
  use: (service: Opened) => Promise<void>,
): Promise<void> {
  const service = await open({ url: options.url, sandbox: options.sandbox ?? false });
  try {
    if (service.sandbox) cli.err('sandbox account');
    await use(service);
  } finally {
    await service.close();
  }
}
