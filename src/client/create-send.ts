import type { Problem } from '../api/problem.ts';
import { ApiError } from './api-error.ts';
import type { ClientFetch, ClientReply } from './client-fetch.ts';
import type { Input, Method, PathOf, Reply } from './operation-types.ts';

export interface SendOptions {
  readonly url: string;
  readonly apiKey: string | undefined;
  readonly fetch: ClientFetch;
}

export interface Send {
  /** One request, never repeated. The reply's JSON with its status line read; refusals are thrown as ApiError. */
  json<M extends Method, P extends PathOf<M>>(
    method: M,
    path: P,
    input?: Input<M, P>,
  ): Promise<{ readonly body: Reply<M, P>; readonly reply: ClientReply }>;
  /** The reply as it stands, for streams and recordings. */
  raw<M extends Method, P extends PathOf<M>>(method: M, path: P, input?: Input<M, P>): Promise<ClientReply>;
}

/** An input whose types were checked at the door of `Send`. */
interface LooseInput {
  readonly params?: object | undefined;
  readonly query?: object | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** Sends the requests of the client. Throws a plain error for an address or key that must not be used. */
export function createSend({ url, apiKey, fetch }: SendOptions): Send {
  const root = checkedRoot(url, apiKey);

  async function raw(method: string, path: string, input: LooseInput = {}): Promise<ClientReply> {
    const { params, query, body, headers, signal } = input;
    const target = root + filled(path, params ?? {}) + queryText(query ?? {});
    let reply: ClientReply;
    try {
      reply = await fetch(target, {
        method,
        headers: {
          Accept: 'application/json',
          ...(apiKey === undefined ? {} : { Authorization: `Bearer ${apiKey}` }),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal ? { signal } : {}),
        redirect: 'error',
      });
    } catch (cause) {
      if (signal?.aborted) throw cause;
      throw new ApiError('unreachable', `No answer came from ${root}.`, { status: 0, cause });
    }
    if (reply.status >= 200 && reply.status < 300) return reply;
    throw await refusalOf(reply);
  }

  return {
    raw,
    async json(method, path, input) {
      const reply = await raw(method, path, input);
      const text = reply.status === 204 ? '' : await textOf(reply);
      if (text === '') return { body: undefined as never, reply };
      try {
        return { body: JSON.parse(text), reply };
      } catch (cause) {
        throw unreadable(reply, cause);
      }
    },
  };
}

function checkedRoot(url: string, apiKey: string | undefined): string {
  const { protocol, hostname, href } = new URL(url);
  const local = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
  if (protocol !== 'https:' && protocol !== 'http:')
    throw new Error(`${protocol} is no address of a server.`);
  if (protocol === 'http:' && !local && apiKey !== undefined)
    throw new Error('A key is not sent over plain HTTP to another machine: use https.');
  return href.replace(/\/+$/, '');
}

function filled(path: string, params: object): string {
  const values: Readonly<Record<string, unknown>> = { ...params };
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])));
}

function queryText(query: object): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue;
    if (Array.isArray(value)) for (const one of value) search.append(name, String(one));
    else if (typeof value === 'object')
      for (const [inner, text] of Object.entries(value)) search.append(`${name}[${inner}]`, String(text));
    else search.append(name, String(value));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

async function textOf(reply: ClientReply): Promise<string> {
  try {
    return await reply.text();
  } catch (cause) {
    throw new ApiError('unreachable', 'The answer broke off.', { status: reply.status, cause });
  }
}

async function refusalOf(reply: ClientReply): Promise<ApiError> {
  const text = await textOf(reply);
  const problem = problemOf(text);
  if (!problem) return unreadable(reply);
  const { code, detail, status, hint, errors, findings, explanation, requestId } = problem;
  const seconds = Number(reply.headers.get('retry-after') ?? Number.NaN);
  return new ApiError(code, detail, {
    status,
    hint,
    errors,
    findings,
    explanation,
    requestId,
    retryAfterSecs: Number.isFinite(seconds) ? seconds : undefined,
  });
}

function problemOf(text: string): Problem | undefined {
  try {
    const json: Partial<Problem> | null = JSON.parse(text);
    return typeof json?.code === 'string' && typeof json.detail === 'string' ? (json as Problem) : undefined;
  } catch {
    return undefined;
  }
}

function unreadable(reply: ClientReply, cause?: unknown): ApiError {
  return new ApiError('unreadable', `The answer (status ${reply.status}) is not Donna’s.`, {
    status: reply.status,
    hint: 'Look at the address: something else answers there, a proxy perhaps.',
    cause,
  });
}
