import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { SendWebhook, SentWebhook } from '../calls/announce/deliver-job.ts';
import { isPrivateAddress } from './private-address.ts';

/** The addresses of a name; rejects where it has none. DNS as an argument. */
export type ResolveName = (
  name: string,
) => Promise<readonly { readonly address: string; readonly family: number }[]>;

export interface WebhookSenderSettings {
  readonly resolve: ResolveName;
  /** DONNA_ALLOW_PRIVATE_WEBHOOKS: for receivers in the operator's own network. */
  readonly allowPrivate: boolean;
  /** Milliseconds for all of it: name, connection, request and the head of the answer. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 15_000;

/**
 * Posts webhooks to addresses that users chose. The name is resolved here, every address of it is checked, and the connection goes to
 * those very addresses: a name that points elsewhere a moment later leads nowhere. One request, no kept connection, no redirect;
 * of the answer only the status is read.
 */
export function createWebhookSender(settings: WebhookSenderSettings): SendWebhook {
  const { timeoutMs = TIMEOUT_MS } = settings;
  return async ({ url, headers, body, signal }) => {
    const over = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const to = await addressOf(url, settings, over);
    return 'kind' in to ? to : post(to, { headers, body, over, timeoutMs });
  };
}

interface Destination {
  readonly url: URL;
  /** Each was checked; they are tried in this order. */
  readonly addresses: Awaited<ReturnType<ResolveName>>;
}

async function addressOf(
  text: string,
  { resolve, allowPrivate }: WebhookSenderSettings,
  over: AbortSignal,
): Promise<Destination | SentWebhook> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    return refused('The address is no http or https URL.');
  if (url.username || url.password) return refused('The address holds a user name or a password.');
  // URL writes every form of an IPv4 address in its plain one, and IPv6 in brackets.
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  let found: Awaited<ReturnType<ResolveName>>;
  try {
    found = family === 0 ? await Promise.race([resolve(host), aborted(over)]) : [{ address: host, family }];
  } catch {
    return unreachable('The name cannot be resolved.');
  }
  if (found.length === 0) return unreachable('The name has no address.');
  // One bad address among good ones is no mistake that happens to anybody.
  if (!allowPrivate && found.some(({ address }) => isPrivateAddress(address)))
    return refused('The address is not on the public internet; DONNA_ALLOW_PRIVATE_WEBHOOKS=true allows it.');
  return { url, addresses: found };
}

function post(
  { url, addresses }: Destination,
  request: {
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly over: AbortSignal;
    readonly timeoutMs: number;
  },
): Promise<SentWebhook> {
  // Whatever is asked for, it is the addresses that were checked. A URL that holds an address is not looked up at all.
  const lookup: LookupFunction = (_name, options, done) => {
    const [first] = addresses;
    if (options.all || !first) done(null, [...addresses]);
    else done(null, first.address, first.family);
  };
  const body = Buffer.from(request.body);
  return new Promise((settle) => {
    const outgoing = (url.protocol === 'https:' ? https : http).request(url, {
      method: 'POST',
      headers: { ...request.headers, 'content-length': String(body.byteLength) },
      agent: false,
      lookup,
      signal: request.over,
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) =>
      settle(unreachable(request.over.aborted ? `No answer within ${request.timeoutMs} ms.` : whyOf(error))),
    );
    // 101 is no response to Node, and no error either: it only closes. Unheard, this would never come to an end.
    outgoing.on('close', () => settle(unreachable('It closed the connection without an answer.')));
    outgoing.on('response', (incoming) => {
      settle({ kind: 'answered', status: incoming.statusCode ?? 0 });
      // Its words are the receiver's own, however many: nobody reads them.
      incoming.on('error', () => undefined);
      incoming.destroy();
    });
    outgoing.end(body);
  });
}

/** Kinds, not the error's words: those can hold the addresses of an inner network. */
function whyOf({ code = '' }: NodeJS.ErrnoException): string {
  if (code === 'ECONNREFUSED') return 'It refuses connections.';
  if (/^(?:EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)$/.test(code)) return 'It cannot be reached.';
  if (/^(?:ECONNRESET|EPIPE)$/.test(code)) return 'It closed the connection without an answer.';
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(code))
    return 'Its certificate does not hold, or it does not speak TLS.';
  return 'The exchange failed.';
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function refused(why: string): SentWebhook {
  return { kind: 'refused', why };
}

function unreachable(why: string): SentWebhook {
  return { kind: 'unreachable', why };
}
