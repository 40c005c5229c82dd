import { AppError } from '../../../kernel/errors.ts';
import type { Cli } from '../../cli.ts';
import type { FindServer, Service } from '../../service/service-api.ts';

/** Options of commands that ask a server first, if there is one. */
export interface OfServerOptions {
  readonly sandbox?: boolean;
  readonly url?: string;
  readonly local?: boolean | undefined;
}

/** Lets `use` work with the server, if there is one; false when there is none, or when `use` found nothing in it. */
export async function ofServer(
  cli: Cli,
  findServer: FindServer,
  options: OfServerOptions,
  use: (server: Service) => Promise<boolean>,
): Promise<boolean> {
  if (options.local && options.url !== undefined)
    throw new AppError('bad-input', '--local and --url exclude each other.');
  if (options.local) return false;
  const server = await findServer({ url: options.url, sandbox: options.sandbox ?? false });
  if (!server) return false;
  try {
    if (server.sandbox) cli.err('sandbox account');
    return await use(server);
  } finally {
    await server.close();
  }
}
