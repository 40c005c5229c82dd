import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import type { OpenService, Service } from './service-api.ts';

/** Options of every command that works on the service. */
export interface ServiceOptions {
  readonly url?: string;
  readonly json?: boolean;
}

export function declareServiceOptions(command: Command): Command {
  return command
    .option('--url <url>', 'the Donna server (DONNA_URL); the one on this machine unless given')
    .option('--json', 'print one JSON object');
}

/** Opens the service for as long as `use` takes. That a sandbox is meant is said, since nothing there counts for a real phone. */
export async function withService(
  cli: Cli,
  open: OpenService,
  needs: 'server' | 'database',
  options: ServiceOptions,
  use: (service: Service) => Promise<void>,
): Promise<void> {
  const service = await open({ url: options.url, needs });
  try {
    if (service.sandbox) cli.err('sandbox server');
    await use(service);
  } finally {
    await service.close();
  }
}
