import { AppError } from '../../../kernel/errors.ts';
import { lastFour } from '../../../kernel/mask.ts';
import { printable } from '../../../kernel/printable.ts';
import { type AgentWebhooksReply, webhookEvents } from '../../../wire/elevenlabs/agent-webhooks.ts';
import type { WorkspaceWebhook } from '../../../wire/elevenlabs/workspace-webhook.ts';
import type { EnvFile } from '../../env-file.ts';
import type { WebhooksWorld } from './webhooks-world.ts';

/** The name under which the secret stands in `.env`. */
export const secretName = 'ELEVENLABS_WEBHOOK_SECRET';
const wantedEvents = ['transcript', 'audio', 'call_initiation_failure'] as const;

export interface ConnectRequest {
  readonly url: string;
  readonly name: string;
  /** Asked before something of somebody's is replaced; `false` stops before anything was changed. */
  readonly mayReplace: (what: string) => Promise<boolean>;
}

export interface Connected {
  readonly webhookId: string;
  readonly url: string;
  readonly created: boolean;
  /** The secret that was made now, or the one that `.env` has; `undefined` when nobody here knows it. */
  readonly secret: { readonly lastFour: string; readonly file: string } | undefined;
  readonly events: readonly string[];
  /** The environment sets another secret, which goes over the one in the file. */
  readonly overruled: boolean;
}

/**
 * Joins the workspace with a receiver: a signed webhook, its events attached, its retries on. What would be replaced is asked
 * for before the first change, and each step may be repeated: the same call again goes on where one stopped.
 *
 * Throws AppError; one that comes half-way says what was done and what was not.
 */
export async function connectWebhook(world: WebhooksWorld, request: ConnectRequest): Promise<Connected> {
  const { webhooks, envFile } = world;
  const [existing, attached, kept] = await Promise.all([
    webhooks.list(),
    webhooks.attached(),
    envFile.read(),
  ]);
  const same = existing.find((one) => sameUrl(one.webhook_url, request.url));
  const known = kept[secretName] ?? world.configuredSecret;
  await askBefore(request, { same, existing, attached, keptSecret: known });

  const done: string[] = [];
  const step = async <T>(what: string, rest: readonly string[], run: () => Promise<T>): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      throw error instanceof AppError ? halfWay(error, what, done, rest) : error;
    }
  };

  let secret: Connected['secret'];
  let webhook: { id: string; name: string };
  if (same) {
    webhook = { id: same.webhook_id, name: same.name };
    const file = kept[secretName] ? envFile.path : 'the environment';
    secret = known ? { lastFour: lastFour(known), file } : undefined;
  } else {
    // The secret is given out once: where it goes is made sure of before.
    await envFile.assertWritable();
    const made = await create(world, request);
    webhook = { id: made.id, name: request.name };
    done.push(`the webhook ${printable(made.id)} was created`);
    if (made.secret) {
      const value = made.secret;
      await step('storing its secret', ['attaching its events', 'retries'], () =>
        store(world, made.id, value),
      );
      secret = { lastFour: lastFour(value), file: envFile.path };
      done.push(`its secret is in ${envFile.path}`);
    }
  }
  const events = [...new Set([...knownEvents(attached), ...wantedEvents])];
  await step('attaching its events', ['retries'], () =>
    // The provider replaces the whole object: what was set besides is sent back.
    webhooks.attach({ ...keptSettings(attached), post_call_webhook_id: webhook.id, events }),
  );
  done.push('its events are attached');
  await step('turning its retries on', [], () => webhooks.enable(webhook));
  const { configuredSecret } = world;
  const overruled = !same && configuredSecret !== undefined && configuredSecret !== kept[secretName];
  return { webhookId: webhook.id, url: request.url, created: !same, secret, events, overruled };
}

async function askBefore(
  request: ConnectRequest,
  seen: {
    same: WorkspaceWebhook | undefined;
    existing: readonly WorkspaceWebhook[];
    attached: AgentWebhooksReply;
    keptSecret: string | undefined;
  },
): Promise<void> {
  const { same, existing, attached, keptSecret } = seen;
  const other = attached.post_call_webhook_id;
  const conflicts = [
    ...(other && other !== same?.webhook_id
      ? [`The workspace sends its calls to another webhook: ${described(other, existing)}.`]
      : []),
    ...(!same && keptSecret ? [`${secretName} is set already (${lastFour(keptSecret)}).`] : []),
  ];
  for (const what of conflicts) {
    if (await request.mayReplace(what)) continue;
    throw new AppError('not-possible', `${what} Nothing was changed.`, {
      hint: 'Add --replace when the new one shall take its place.',
    });
  }
}

async function create(world: WebhooksWorld, request: ConnectRequest) {
  try {
    return await world.webhooks.create({ name: request.name, url: request.url });
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'bad-input') throw error;
    // A reply that was lost took the secret with it, while the webhook may stand.
    const after = await world.webhooks.list().catch(() => []);
    const made = after.find((one) => sameUrl(one.webhook_url, request.url));
    if (!made) throw error;
    throw new AppError(
      error.code,
      `The webhook ${printable(made.webhook_id)} was created, and its secret was lost on the way: ${error.message}`,
      {
        hint: 'Delete that webhook in the ElevenLabs console (Settings, Webhooks), then connect again.',
        exchange: error.exchange,
        cause: error,
      },
    );
  }
}

/** The secret is given out once, so it is not given up because a file cannot be written. Throws where it is instead. */
async function store({ envFile, spareFiles }: WebhooksWorld, id: string, secret: string): Promise<void> {
  try {
    await envFile.set({ [secretName]: secret });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const saved = await firstThatTakes(spareFiles(id), secret);
    const why = error.message.replace(/\.+$/, '');
    if (saved) {
      throw new AppError('storage', `${why}; the secret ${lastFour(secret)} is in ${saved} instead.`, {
        hint: `Move its line from ${saved} to ${envFile.path}.`,
        cause: error,
      });
    }
    throw new AppError('storage', `${why}, nor any other file: the secret ${lastFour(secret)} is lost.`, {
      hint: `Delete the webhook ${printable(id)} in the ElevenLabs console (Settings, Webhooks), and make the folder writable.`,
      cause: error,
    });
  }
}

async function firstThatTakes(files: readonly EnvFile[], secret: string): Promise<string | undefined> {
  for (const file of files) {
    try {
      await file.set({ [secretName]: secret });
      return file.path;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }
  return undefined;
}

function halfWay(error: AppError, what: string, done: readonly string[], rest: readonly string[]): AppError {
  const before = done.length > 0 ? ` Done before that: ${done.join('; ')}.` : '';
  const missing = rest.length > 0 ? ` Not done: ${rest.join(', ')}.` : '';
  return new AppError(
    error.code,
    `${capital(what)} failed: ${error.message.replace(/\.+$/, '')}.${before}${missing}`,
    {
      hint: `${error.hint ? `${error.hint} ` : ''}Then run the same command again: it goes on where this stopped.`,
      retryable: error.retryable,
      exchange: error.exchange,
      cause: error,
    },
  );
}

function described(id: string, existing: readonly WorkspaceWebhook[]): string {
  const webhook = existing.find((one) => one.webhook_id === id);
  return webhook
    ? `${printable(webhook.name)}, ${printable(webhook.webhook_url, 200)} (${printable(id)})`
    : printable(id);
}

function knownEvents({ events }: AgentWebhooksReply) {
  return webhookEvents.filter((event) => events?.includes(event));
}

function keptSettings({ transcript_format: format, send_audio, exclude_transcript }: AgentWebhooksReply) {
  return {
    ...(format === 'json' || format === 'opentelemetry' ? ({ transcript_format: format } as const) : {}),
    ...(send_audio === null || send_audio === undefined ? {} : { send_audio }),
    ...(exclude_transcript === null || exclude_transcript === undefined ? {} : { exclude_transcript }),
  };
}

function sameUrl(one: string, other: string): boolean {
  return URL.canParse(one) && new URL(one).href === new URL(other).href;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
