import { AppError, type FailedExchange, type SentExchange, withSent } from '../kernel/errors.ts';
import { type Fetch, type FetchReply, TransportError } from '../kernel/fetch.ts';
import type { BodyOf, Operation, QueryOf } from '../wire/operation.ts';

/** The values of one request, checked against the operation's strict schemas before anything leaves. */
export interface OperationInput<Op> {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: QueryOf<Op>;
  readonly body?: BodyOf<Op>;
  readonly signal?: AbortSignal | undefined;
  readonly beforeSend?: () => Promise<void>;
}

/** A reply as it came, its body read by content. */
export interface RawReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
  /** Parsed JSON, or `undefined` when the body is not JSON. */
  readonly json: unknown;
  readonly exchange: FailedExchange;
}

const SHOWN_TEXT = 2_000;

/**
 * Sends one request of the wire and reads the reply without judging its status. Throws `bad-input` when the request does
 * not fit its own schema, naming the field, and TransportError when no reply came. Never retries.
 */
export async function sendOperation<Op extends Operation>(
  fetch: Fetch,
  host: { baseUrl: string; headers: Readonly<Record<string, string>> },
  op: Op,
  input: OperationInput<Op> = {},
): Promise<RawReply> {
  const query = queryText(parsed(op, 'query', input.query));
  const path = fillPath(op.path, input.path ?? {}) + (query ? `?${query}` : '');
  const body = parsed(op, 'body', input.body);
  const encoded =
    body === undefined ? undefined : op.encoding === 'form' ? formText(body) : JSON.stringify(body);
  const url = joinUrl(host.baseUrl, path);
  const headers = {
    accept: op.replyType ?? 'application/json',
    ...(encoded === undefined
      ? {}
      : {
          'content-type': op.encoding === 'form' ? 'application/x-www-form-urlencoded' : 'application/json',
        }),
    ...host.headers,
  };
  const reply = await fetch({
    method: op.method,
    url,
    headers,
    ...(encoded === undefined ? {} : { body: encoded }),
    ...(input.signal ? { signal: input.signal } : {}),
    ...(input.beforeSend ? { beforeSend: input.beforeSend } : {}),
  });
  const read = readReply(reply, op, path);
  if (reply.status < 400 || reply.status > 499) return read;
  const sent: SentExchange = {
    provider: op.provider,
    baseUrl: host.baseUrl,
    url,
    headerNames: Object.keys(headers),
    encoding: op.encoding ?? 'json',
    ...(body === undefined ? {} : { body }),
  };
  return { ...read, exchange: withSent(read.exchange, sent) };
}

function readReply(reply: FetchReply, op: Operation, path: string): RawReply {
  const binary = op.replyType === 'audio/mpeg' && reply.status < 300;
  const text = binary ? '' : new TextDecoder().decode(reply.body);
  const json = binary ? undefined : parseJson(text);
  const requestId =
    reply.headers['request-id'] ?? reply.headers['x-request-id'] ?? reply.headers['twilio-request-id'];
  return {
    status: reply.status,
    headers: reply.headers,
    bytes: reply.body,
    json,
    exchange: {
      method: op.method,
      path,
      status: reply.status,
      ...(requestId ? { requestId } : {}),
      ...(binary ? {} : { body: json === undefined ? text.slice(0, SHOWN_TEXT) : withoutEcho(json) }),
    },
  };
}

/** A validation error repeats what was sent, passwords included: the place and the message are enough. */
function withoutEcho(json: unknown): unknown {
  const detail = (json as { detail?: unknown } | null)?.detail;
  if (!Array.isArray(detail)) return json;
  const issues = detail.map((issue: unknown) => {
    if (typeof issue !== 'object' || issue === null) return issue;
    const { input: _input, ctx: _ctx, ...rest } = issue as Record<string, unknown>;
    return rest;
  });
  return { ...(json as object), detail: issues };
}

/** The URL under a base that may have a path of its own. */
export function joinUrl(baseUrl: string, path: string): string {
  return baseUrl.replace(/\/+$/, '') + path;
}

/** What a failed connection means to the caller of a read. */
function unreachable(error: TransportError, baseUrl: string, exchange: FailedExchange): AppError {
  const host = new URL(baseUrl).host;
  const [what, hint] = {
    dns: [`The name ${host} cannot be resolved`, 'Check the network and the base URL.'],
    refused: [
      `${host} refuses connections`,
      'Check the base URL; for a local sandbox, that it runs: donna sandbox.',
    ],
    'connect-timeout': [
      `No connection to ${host}`,
      'Check the network, a firewall or proxy; DONNA_TIMEOUT_MS sets the limit for replies.',
    ],
    tls: [
      `No secure connection to ${host}`,
      'A proxy may stand in between, or the clock is wrong: donna diagnose.',
    ],
    reset: [`${host} closed the connection`, 'Try again.'],
    timeout: [`${host} did not answer in time`, 'Try again; DONNA_TIMEOUT_MS sets how long to wait.'],
    'too-large': [`The reply of ${host} is too large`, 'Run donna diagnose.'],
    aborted: ['The request was given up', 'Try again.'],
    other: [`The exchange with ${host} failed`, 'Try again; donna diagnose looks closer.'],
  }[error.kind] as [string, string];
  return new AppError('provider-unreachable', `${what}: ${error.message}.`, {
    hint,
    retryable: error.kind !== 'tls' && error.kind !== 'too-large',
    exchange,
    cause: error,
  });
}

/** The path of a request, its ids filled in, for an error about it. */
function requestPath(op: Operation, input: { path?: Readonly<Record<string, string>> } = {}): string {
  return fillPath(op.path, input.path ?? {});
}

function parsed(op: Operation, part: 'query' | 'body', value: unknown): unknown {
  const schema = op[part];
  if (!schema) {
    if (value === undefined) return undefined;
    throw new AppError('bad-input', `${op.method} ${op.path} takes no ${part}.`);
  }
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const place = [part, ...(issue?.path ?? [])].join('.');
  throw new AppError('bad-input', `${op.method} ${op.path}: ${place}: ${issue?.message ?? 'is not valid'}.`, {
    hint: `Nothing was sent. The request is defined by ${op.source.of}.`,
  });
}

function fillPath(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    // An empty or dotted segment would address another resource.
    if (!value || /^\.+$/.test(value)) throw new AppError('bad-input', `${name} is missing in ${template}.`);
    return encodeURIComponent(value);
  });
}

function queryText(query: unknown): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined) params.append(name, String(one));
  }
  return params.toString();
}

const formText = queryText;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The same for whoever needs a reply: a read is sent once more when its connection was stale, and what ends without a reply
 * is an AppError about the request.
 */
export async function exchangeOperation<Op extends Operation>(
  fetch: Fetch,
  host: { baseUrl: string; headers: Readonly<Record<string, string>> },
  op: Op,
  input: OperationInput<Op> = {},
): Promise<RawReply> {
  const once = () => sendOperation(fetch, host, op, input);
  try {
    return await (op.method === 'GET' ? repeatReadOnReset(once) : once());
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    throw unreachable(error, host.baseUrl, { method: op.method, path: requestPath(op, input) });
  }
}

/** Once more on a kept connection that the other side had closed: a read may be repeated, a dial never. */
async function repeatReadOnReset<Reply>(read: () => Promise<Reply>): Promise<Reply> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof TransportError && error.kind === 'reset') return read();
    throw error;
  }
}
