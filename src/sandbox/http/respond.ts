import type { ServerResponse } from 'node:http';
import type { Fault } from '../faults.ts';
import { REQUEST_ID_PLACE, type Reply } from './refusals.ts';

export interface ReplyFacts {
  readonly requestId: string;
  readonly nowMs: number;
  readonly provider: 'elevenlabs' | 'twilio' | 'sandbox';
  readonly fault?: Fault | undefined;
}

/** Writes a reply with the headers that the provider sends, or breaks it as a fault asks. */
export function respond(response: ServerResponse, reply: Reply, facts: ReplyFacts): void {
  const { fault } = facts;
  if (fault?.kind === 'reply-lost') {
    response.destroy();
    return;
  }
  const bytes = reply.bytes ?? Buffer.from(jsonText(reply.body, facts.requestId));
  response.writeHead(reply.status, {
    'content-type': 'application/json',
    'content-length': bytes.length,
    date: new Date(facts.nowMs).toUTCString(),
    ...providerHeaders[facts.provider](facts.requestId),
    ...reply.headers,
    ...(fault?.kind === 'malformed-json' && { 'content-length': Math.floor(bytes.length / 2) }),
  });
  if (fault?.kind === 'malformed-json') {
    response.end(bytes.subarray(0, Math.floor(bytes.length / 2)));
    return;
  }
  if (fault?.kind === 'body-cut') {
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
    return;
  }
  response.end(bytes);
}

function jsonText(body: unknown, requestId: string): string {
  return JSON.stringify(body ?? null).replaceAll(REQUEST_ID_PLACE, requestId);
}

const providerHeaders = {
  elevenlabs: (id: string) => ({ server: 'uvicorn', 'request-id': id, 'x-request-id': id }),
  twilio: (id: string) => ({ 'twilio-request-id': `RQ${id}`, 'x-api-domain': 'api.twilio.com' }),
  sandbox: () => ({ 'cache-control': 'no-store' }),
} as const;
