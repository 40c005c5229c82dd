import type { SentRequest } from '../../diagnosis/exchange/exchange.ts';
import type { Fetch } from '../../kernel/fetch.ts';

/** What the sandbox answered: the status, and the body where it is JSON. */
export interface ReplayReply {
  readonly status: number;
  readonly body: unknown;
}

/** Sends a request to the sandbox at `baseUrl`, with these credentials in the place of its own. Its host is left out. */
export async function sendRequest(
  fetch: Fetch,
  baseUrl: string,
  request: SentRequest,
  credentials: Readonly<Record<string, string>>,
): Promise<ReplayReply> {
  const query = request.query
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  const body = bodyText(request);
  const reply = await fetch({
    method: request.method,
    url: `${baseUrl}${request.path}${query === '' ? '' : `?${query}`}`,
    headers: {
      accept: 'application/json',
      ...(body !== undefined && request.contentType !== undefined
        ? { 'content-type': request.contentType }
        : {}),
      ...credentials,
    },
    ...(body === undefined ? {} : { body }),
  });
  return { status: reply.status, body: parsed(reply.body) };
}

/** `undefined`: it has none. Only for bodies that `canReplayBody` lets through. */
function bodyText({ body }: SentRequest): string | undefined {
  if (body.kind === 'json') return JSON.stringify(body.value);
  if (body.kind === 'text') return body.text;
  if (body.kind !== 'form') return undefined;
  const pairs = Object.entries(body.value).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one): [string, string] => [name, String(one)]),
  );
  return new URLSearchParams(pairs).toString();
}

/** A body that is not here, or that holds files, cannot be sent again. */
export function canReplayBody({ body }: SentRequest): boolean {
  return body.kind !== 'unread' && !(body.kind === 'form' && body.encoding === 'multipart');
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
