import type { AgentWebhooks, AgentWebhooksReply } from '../../../wire/elevenlabs/agent-webhooks.ts';
import type { WorkspaceWebhook } from '../../../wire/elevenlabs/workspace-webhook.ts';
import type { EnvFile } from '../../env-file.ts';

/** The webhooks of a workspace, as ElevenLabs keeps them. Each verb is one request and throws AppError. */
export interface WorkspaceWebhooks {
  list(): Promise<readonly WorkspaceWebhook[]>;
  /** The secret is in this answer and in no other. */
  create(webhook: { name: string; url: string }): Promise<{ id: string; secret: string | undefined }>;
  attached(): Promise<AgentWebhooksReply>;
  attach(webhooks: AgentWebhooks): Promise<void>;
  /** Enables the webhook, and its retries. */
  enable(webhook: { id: string; name: string }): Promise<void>;
}

/** What `donna webhooks` needs of the world. */
export interface WebhooksWorld {
  readonly sandbox: boolean;
  readonly webhooks: WorkspaceWebhooks;
  /** Where the secret goes. */
  readonly envFile: EnvFile;
  /** Where the secret of a webhook goes when that file fails after all: the first of these that takes it. */
  readonly spareFiles: (webhookId: string) => readonly EnvFile[];
  /** The secret as configured: the environment's goes over that of the file. */
  readonly configuredSecret: string | undefined;
  close(): Promise<void>;
}

export type OpenWebhooksWorld = (choice: { sandbox: boolean }) => Promise<WebhooksWorld>;
