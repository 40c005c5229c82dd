import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { WebhooksWorld } from '../cli/commands/webhooks/webhooks-world.ts';
import { createEnvFile, type EnvFile } from '../cli/env-file.ts';
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
    envFile: accounts.sandbox
      ? fileInFolder(settings.DONNA_DATA_DIR, 'sandbox.env')
      : createEnvFile(path.join(directory, '.env')),
    spareFiles: (webhookId) => spareFiles([settings.DONNA_DATA_DIR, directory], webhookId),
    configuredSecret: accounts.sandbox ? undefined : settings.ELEVENLABS_WEBHOOK_SECRET,
    async close() {
      fetch.close();
      await accounts.close();
    },
  };
}

/** The id comes from an account: it is to name a file in these folders and nowhere else. */
function spareFiles(folders: readonly string[], webhookId: string): EnvFile[] {
  const name = `webhook-${webhookId.replace(/[^\w-]/g, '').slice(0, 100)}.env`;
  return folders.map((folder) => fileInFolder(folder, name));
}

/** A file whose folder is made when something is to be written. */
function fileInFolder(folder: string, name: string): EnvFile {
  const file = createEnvFile(path.join(folder, name));
  // A folder that cannot be made shows as a file that cannot be written.
  const makeFolder = () => mkdir(folder, { recursive: true, mode: 0o700 }).catch(() => {});
  return {
    ...file,
    async assertWritable() {
      await makeFolder();
      await file.assertWritable();
    },
    async set(values) {
      await makeFolder();
      await file.set(values);
    },
  };
}
