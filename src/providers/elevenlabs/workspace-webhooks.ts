import type { AgentWebhooks, AgentWebhooksReply } from '../../wire/elevenlabs/agent-webhooks.ts';
import { getSettings, updateSettings } from '../../wire/elevenlabs/settings.ts';
import { createWebhook, listWebhooks, updateWebhook } from '../../wire/elevenlabs/workspace-webhook.ts';
import type { ElevenLabsClient } from './client.ts';

/** The webhooks of the workspace. The key needs the rights of an administrator for all of it. */
export function createWorkspaceWebhooks(client: ElevenLabsClient) {
  return {
    list: async () => (await client.send(listWebhooks)).webhooks,
    async create({ name, url }: { name: string; url: string }) {
      const settings = { auth_type: 'hmac' as const, name, webhook_url: url };
      const made = await client.send(createWebhook, { body: { settings } });
      return { id: made.webhook_id, secret: made.webhook_secret ?? undefined };
    },
    attached: async (): Promise<AgentWebhooksReply> => (await client.send(getSettings)).webhooks ?? {},
    async attach(webhooks: AgentWebhooks) {
      await client.send(updateSettings, { body: { webhooks } });
    },
    async enable({ id, name }: { id: string; name: string }) {
      const body = { is_disabled: false, name, retry_enabled: true };
      await client.send(updateWebhook, { path: { webhook_id: id }, body });
    },
  };
}
