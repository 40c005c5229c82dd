import path from 'node:path';
import type { WebhooksWorld } from '../cli/commands/webhooks/webhooks-world.ts';
import { createEnvFile } from '../cli/env-file.ts';
import { createElevenLabsClient } from '../providers/elevenlabs/client.ts';
import { createWorkspaceWebhooks } from '../providers/elevenlabs/workspace-webhooks.ts';
import type { Settings } from './config.ts';
import { type Accounts, createFetch } from './world.ts';

export function createWebhooksWorld(
  settings: Settings,
  accounts: Accounts,
  directory = process.cwd(),
): WebhooksWorld {
  const fetch = createFetch(settings);
  return {
    sandbox: accounts.sandbox,
    webhooks: createWorkspaceWebhooks(createElevenLabsClient(fetch, accounts.elevenlabs)),
    // A setting of ElevenLabs in .env, with no key beside it, would end the sandbox for every later command.
    envFile: createEnvFile(
      accounts.sandbox ? path.join(settings.DONNA_DATA_DIR, 'sandbox.env') : path.join(directory, '.env'),
    ),
    configuredSecret: accounts.sandbox ? undefined : settings.ELEVENLABS_WEBHOOK_SECRET,
    async close() {
      fetch.close();
      await accounts.close();
    },
  };
}
