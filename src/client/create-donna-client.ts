import type { CallQuery, CallSummary, CreatedCall } from '../api/call.ts';
import type { ExplainRequestInput } from '../api/explain.ts';
import type { NewKeyInput } from '../api/key.ts';
import type { NewCallInput } from '../api/new-call.ts';
import type { ResolutionInput } from '../api/resolution.ts';
import type { NewSuppressionInput } from '../api/suppression.ts';
import type { NewWebhookEndpointInput } from '../api/webhook-endpoint.ts';
import { type Clock, realClock } from '../kernel/clock.ts';
import type { ClientFetch } from './client-fetch.ts';
import { createSend } from './create-send.ts';
import { type FollowedEvent, type FollowOptions, followCall } from './follow-call.ts';

export interface DonnaClientOptions {
  /** Of the server, such as `http://127.0.0.1:4000`. */
  readonly url: string;
  /** `donna_…`, or the token of the server on this machine. */
  readonly apiKey?: string | undefined;
  /** The global fetch unless given. */
  readonly fetch?: ClientFetch | undefined;
  readonly clock?: Clock | undefined;
}

/**
 * A typed client of Donna's API, for Node and browsers. Every method sends one request and repeats none; refusals are thrown as ApiError.
 * Throws a plain error for an address that is none, and for a key that would travel over plain HTTP to another machine.
 */
export function createDonnaClient(options: DonnaClientOptions) {
  const send = createSend({
    url: options.url,
    apiKey: options.apiKey,
    fetch: options.fetch ?? ((url, init) => globalThis.fetch(url, init)),
  });
  const clock = options.clock ?? realClock;
  const { json } = send;
  const idOf = (id: string) => ({ params: { id } });

  const calls = {
    /** Places a call. With the same `idempotencyKey` it can be sent again without ringing twice. */
    async create(
      call: NewCallInput,
      { idempotencyKey }: { readonly idempotencyKey?: string | undefined } = {},
    ): Promise<CreatedCall & { readonly replayed: boolean }> {
      const headers: Record<string, string> = idempotencyKey ? { 'Idempotency-Key': idempotencyKey } : {};
      const { body, reply } = await json('POST', '/v1/calls', { body: call, headers });
      return { ...body, replayed: reply.headers.get('idempotency-replayed') === 'true' };
    },
    /** A page, newest first. */
    list: async (query: CallQuery = {}) => (await json('GET', '/v1/calls', { query })).body,
    /** All pages, one call after the other. */
    async *all(query: Omit<CallQuery, 'cursor'> = {}): AsyncGenerator<CallSummary> {
      let cursor: string | undefined;
      do {
        const page = await calls.list({ ...query, ...(cursor === undefined ? {} : { cursor }) });
        yield* page.items;
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
    },
    /** By the id of a call, an attempt, a conversation or a carrier's call. */
    get: async (id: string) => (await json('GET', '/v1/calls/{id}', idOf(id))).body,
    timeline: async (id: string, query: { readonly after?: number; readonly limit?: number } = {}) =>
      (await json('GET', '/v1/calls/{id}/timeline', { ...idOf(id), query })).body,
    /** What happened and what happens, to the end of the call; a broken connection is taken up again. */
    follow: (id: string, follow: FollowOptions = {}): AsyncGenerator<FollowedEvent> =>
      followCall({ send, clock }, id, follow),
    /** The recording as MP3. */
    recording: async (id: string) =>
      new Uint8Array(await (await send.raw('GET', '/v1/calls/{id}/recording', idOf(id))).arrayBuffer()),
    deliveries: async (id: string) => (await json('GET', '/v1/calls/{id}/deliveries', idOf(id))).body.items,
    cancel: async (id: string) => (await json('POST', '/v1/calls/{id}/cancel', idOf(id))).body,
    retry: async (id: string) => (await json('POST', '/v1/calls/{id}/retry', idOf(id))).body,
    resolve: async (id: string, body: ResolutionInput) =>
      (await json('POST', '/v1/calls/{id}/resolve', { ...idOf(id), body })).body,
  };

  return {
    calls,
    suppressions: {
      list: async (query: { readonly cursor?: string; readonly limit?: number } = {}) =>
        (await json('GET', '/v1/suppressions', { query })).body,
      add: async (body: NewSuppressionInput) => (await json('POST', '/v1/suppressions', { body })).body,
      /** By its id or by the number. */
      remove: async (id: string): Promise<void> => {
        await json('DELETE', '/v1/suppressions/{id}', idOf(id));
      },
    },
    keys: {
      list: async () => (await json('GET', '/v1/keys')).body.items,
      /** `key` of the answer is shown this once. */
      create: async (body: NewKeyInput) => (await json('POST', '/v1/keys', { body })).body,
      revoke: async (id: string) => (await json('DELETE', '/v1/keys/{id}', idOf(id))).body,
    },
    dialling: {
      read: async () => (await json('GET', '/v1/dialling')).body,
      stop: async (reason: string) => (await json('POST', '/v1/dialling/stop', { body: { reason } })).body,
      resume: async () => (await json('POST', '/v1/dialling/resume')).body,
    },
    webhookEndpoints: {
      list: async () => (await json('GET', '/v1/webhook-endpoints')).body.items,
      get: async (id: string) => (await json('GET', '/v1/webhook-endpoints/{id}', idOf(id))).body,
      /** `secret` of the answer is shown this once. */
      add: async (body: NewWebhookEndpointInput) =>
        (await json('POST', '/v1/webhook-endpoints', { body })).body,
      remove: async (id: string): Promise<void> => {
        await json('DELETE', '/v1/webhook-endpoints/{id}', idOf(id));
      },
    },
    /** Why a request fails, and what to send instead. The request is read and never sent. */
    explain: async (body: ExplainRequestInput) => (await json('POST', '/v1/explain', { body })).body,
    /** Erases a person: here, at the provider and at the carrier. */
    forget: async (number: string) => (await json('POST', '/v1/forget', { body: { number } })).body,
    /** Whether the process is up. */
    health: async () => (await json('GET', '/healthz')).body,
    /** Whether the service can work. Throws ApiError where it cannot. */
    ready: async () => (await json('GET', '/readyz')).body,
  };
}

export type DonnaClient = ReturnType<typeof createDonnaClient>;
