import { AppError } from '../../kernel/errors.ts';
import type { Fetch } from '../../kernel/fetch.ts';
import { readErrorBody } from '../../wire/elevenlabs/error.ts';
import type { Operation, ReplyOf } from '../../wire/operation.ts';
import { exchangeOperation, type OperationInput, type RawReply, sendOperation } from '../send-operation.ts';
import { elevenLabsRefusal } from './refusal.ts';

export interface ElevenLabsSettings {
  readonly baseUrl: string;
  readonly apiKey: string;
}

export interface ElevenLabsClient {
  /** Sends and parses. Throws AppError with the exchange; reads are sent once more when the connection was stale. */
  send<Op extends Operation>(op: Op, input?: OperationInput<Op>): Promise<ReplyOf<Op>>;
  /** The same, and `undefined` for a 404 about the resource itself. */
  find<Op extends Operation>(op: Op, input?: OperationInput<Op>): Promise<ReplyOf<Op> | undefined>;
  /** Sends once and hands back whatever came. Throws TransportError when nothing did. */
  raw<Op extends Operation>(op: Op, input?: OperationInput<Op>): Promise<RawReply>;
}

export function createElevenLabsClient(fetch: Fetch, settings: ElevenLabsSettings): ElevenLabsClient {
  const host = { baseUrl: settings.baseUrl, headers: { 'xi-api-key': settings.apiKey } };

  const raw: ElevenLabsClient['raw'] = (op, input) => sendOperation(fetch, host, op, input);

  const reply = <Op extends Operation>(op: Op, input?: OperationInput<Op>) =>
    exchangeOperation(fetch, host, op, input);

  function read<Op extends Operation>(op: Op, answered: RawReply): ReplyOf<Op> {
    if (answered.status < 200 || answered.status > 299) throw elevenLabsRefusal(answered);
    const content = op.replyType === 'audio/mpeg' ? answered.bytes : answered.json;
    const parsed = op.reply.safeParse(content);
    if (parsed.success) return parsed.data as ReplyOf<Op>;
    const issue = parsed.error.issues[0];
    throw new AppError(
      'provider-reply',
      `ElevenLabs answered ${op.method} ${op.path} with ${answered.status}, but not as documented: ${['body', ...(issue?.path ?? [])].join('.')}: ${issue?.message ?? 'unreadable'}.`,
      {
        hint: 'Run donna diagnose --only document: the provider may have changed its API.',
        exchange: answered.exchange,
        // One garbled reply; if the API has changed, so will the next ones be.
        retryable: true,
      },
    );
  }

  return {
    raw,
    send: async (op, input) => read(op, await reply(op, input)),
    async find(op, input) {
      const answered = await reply(op, input);
      return answered.status === 404 && saysAbsent(answered) ? undefined : read(op, answered);
    },
  };
}

/**
 * `{"detail":"Not Found"}` means that the route is unknown, and a page of a proxy says nothing at all: neither is word that the
 * resource is gone.
 */
function saysAbsent(answered: RawReply): boolean {
  const { shape, message } = readErrorBody(answered.exchange.body);
  return shape !== 'foreign' && !(shape === 'text' && message === 'Not Found');
}
