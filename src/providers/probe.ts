import type { Probe, ProbeReply, ProbeRequest } from '../diagnosis/index.ts';
import type { Clock } from '../kernel/clock.ts';
import { type Fetch, TransportError } from '../kernel/fetch.ts';
import { joinUrl } from './send-operation.ts';

interface ProbeHosts {
  readonly elevenlabs: { readonly baseUrl: string; readonly apiKey?: string | undefined };
  readonly twilio?:
    | { readonly baseUrl: string; readonly accountSid: string; readonly authToken: string }
    | undefined;
}

/** The provider's document has 2 MB; what is much larger is something else. */
const MAX_REPLY_BYTES = 32 * 1024 * 1024;

/** The doctor's way to the providers. A POST is sent with an empty object as its body and with nothing else. */
export function createProbe(fetch: Fetch, clock: Clock, hosts: ProbeHosts): Probe {
  return {
    async send(request) {
      const start = clock.monotonic();
      try {
        const reply = await fetch({
          method: request.method,
          url: joinUrl(hosts[request.provider]?.baseUrl ?? '', request.path),
          headers: {
            accept: 'application/json',
            ...credentials(request, hosts),
            ...(request.method === 'POST' ? { 'content-type': 'application/json' } : {}),
          },
          ...(request.method === 'POST' ? { body: '{}' } : {}),
          maxReplyBytes: MAX_REPLY_BYTES,
        });
        const tookMs = clock.monotonic() - start;
        return {
          kind: 'reply',
          status: reply.status,
          headers: reply.headers,
          body: read(reply.body),
          tookMs,
        };
      } catch (error) {
        return unreachable(error, clock.monotonic() - start);
      }
    },
  };
}

function credentials(request: ProbeRequest, { elevenlabs, twilio }: ProbeHosts): Record<string, string> {
  if (request.method === 'GET' && request.auth === 'none') return {};
  if (request.provider === 'elevenlabs') {
    return elevenlabs.apiKey === undefined ? {} : { 'xi-api-key': elevenlabs.apiKey };
  }
  if (!twilio) return {};
  const pair = Buffer.from(`${twilio.accountSid}:${twilio.authToken}`).toString('base64');
  return { authorization: `Basic ${pair}` };
}

function read(bytes: Uint8Array): unknown {
  const text = new TextDecoder().decode(bytes);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function unreachable(error: unknown, tookMs: number): ProbeReply {
  if (error instanceof TransportError) {
    return { kind: 'unreachable', why: error.kind, message: error.message, tookMs };
  }
  // A URL or a header that cannot be sent: for the doctor a finding like any other.
  return {
    kind: 'unreachable',
    why: 'other',
    message: error instanceof Error ? error.message : 'unknown',
    tookMs,
  };
}
