import type { Service, ServiceChoice } from '../cli/service/service-api.ts';
import type { Settings } from './config.ts';
import { connectServer } from './server-connection.ts';

/**
 * The server through which a command here places or reads calls, if there is one that fits. The sandbox is asked for with `--sandbox`, so a
 * real server is passed over then; and one that pretends is passed over by whoever has an account configured, unless it was named.
 */
export async function serverForCalls(
  settings: Settings,
  choice: ServiceChoice,
  warn: (line: string) => void,
): Promise<Service | undefined> {
  const server = await connectServer(settings, choice, warn);
  if (!server) return undefined;
  if (choice.sandbox && !server.sandbox) {
    warn(`The server at ${server.url} is no sandbox: this works in the sandbox, on its own.`);
  } else if (!choice.sandbox && server.sandbox && server.found === 'here' && settings.providerConfigured) {
    warn(
      `The server at ${server.url} is a sandbox, and an account is configured here: this works on its own. --sandbox uses the server.`,
    );
  } else {
    return server;
  }
  await server.close();
  return undefined;
}
