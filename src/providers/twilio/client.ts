import { AppError } from '../../kernel/errors.ts';
import type { Fetch } from '../../kernel/fetch.ts';
import type { Operation, ReplyOf } from '../../wire/operation.ts';
import { readTwilioError } from '../../wire/twilio/error.ts';
import { exchangeOperation, type OperationInput, type RawReply } from '../send-operation.ts';

export interface TwilioSettings {
  readonly baseUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
}

export interface TwilioClient {
  /** Sends and parses; the account's SID is filled in. Throws AppError with the exchange. */
  send<Op extends Operation>(op: Op, input?: OperationInput<Op>): Promise<ReplyOf<Op>>;
  /** The same, and `undefined` for a 404. */
  find<Op extends Operation>(op: Op, input?: OperationInput<Op>): Promise<ReplyOf<Op> | undefined>;
}

export function createTwilioClient(fetch: Fetch, settings: TwilioSettings): TwilioClient {
  const basic = Buffer.from(`${settings.accountSid}:${settings.authToken}`).toString('base64');
  const host = { baseUrl: settings.baseUrl, headers: { authorization: `Basic ${basic}` } };

  // The account itself is addressed as `{Sid}`, what belongs to it under `{AccountSid}`.
  const own = { Sid: settings.accountSid, AccountSid: settings.accountSid };
  const reply = <Op extends Operation>(op: Op, input?: OperationInput<Op>) =>
    exchangeOperation(fetch, host, op, { ...input, path: { ...own, ...input?.path } });

  function read<Op extends Operation>(op: Op, answered: RawReply): ReplyOf<Op> {
    if (answered.status < 200 || answered.status > 299) throw refusal(answered);
    const parsed = op.reply.safeParse(answered.json);
    if (parsed.success) return parsed.data as ReplyOf<Op>;
    throw new AppError(
      'provider-reply',
      `Twilio answered ${op.method} ${op.path} with ${answered.status}, but not as documented.`,
      {
        exchange: answered.exchange,
      },
    );
  }

  return {
    send: async (op, input) => read(op, await reply(op, input)),
    async find(op, input) {
      const answered = await reply(op, input);
      // A proxy's page says nothing about the resource.
      const absent = answered.status === 404 && readTwilioError(answered.exchange.body) !== undefined;
      return absent ? undefined : read(op, answered);
    },
  };
}

function refusal(reply: RawReply): AppError {
  const { status, exchange } = reply;
  const error = readTwilioError(exchange.body);
  const said = error ? `: ${error.message}${error.code ? ` (Twilio ${error.code})` : ''}` : '';
  const [sentence, hint] =
    status === 401 || status === 403
      ? [
          'Twilio does not accept the credentials.',
          'Check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN: donna diagnose --only twilio-credentials.',
        ]
      : status === 404
        ? [
            'Twilio has no such resource in this account.',
            'Check TWILIO_ACCOUNT_SID: the line may belong to another account or subaccount.',
          ]
        : status === 429
          ? ['Twilio asks to slow down.', 'Try again in a moment.']
          : [`Twilio answered ${status}.`, 'Try again; donna diagnose looks closer.'];
  return new AppError(
    'provider-refused',
    `${sentence} ${exchange.method} ${exchange.path.split('?')[0]} answered ${status}${said}.`,
    {
      hint,
      retryable: status === 429 || status >= 500,
      exchange,
    },
  );
}
