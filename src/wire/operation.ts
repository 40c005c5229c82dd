import type * as z from 'zod';

/**
 * Where a statement about the wire comes from, in the order of authority: a live answer beats the provider's
 * OpenAPI document, that beats its SDK, that beats its written documentation. `unverified` is our best guess.
 */
export type Source =
  | { readonly by: 'live'; readonly of: string }
  | { readonly by: 'document'; readonly of: string }
  | { readonly by: 'sdk'; readonly of: string }
  | { readonly by: 'documentation'; readonly of: string }
  | { readonly by: 'unverified'; readonly of: string };

export type Provider = 'elevenlabs' | 'twilio';

/**
 * One request that Donna makes. The client sends by it, the sandbox serves by it, the sandbox's OpenAPI
 * document is made from it, and `donna diagnose` compares it with the provider's live document.
 */
export interface Operation<
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> {
  /** Our name, camelCase and unique, such as `getConversation`. */
  readonly name: string;
  readonly provider: Provider;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path template as the provider writes it, such as `/v1/convai/agents/{agent_id}`. */
  readonly path: string;
  readonly summary: string;
  /** Strict: an unknown parameter is our bug. Values are what the caller gives, before they become text. */
  readonly query?: Query;
  /** Strict: an unknown or misplaced field is our bug. */
  readonly body?: Body;
  /** How the body travels. */
  readonly encoding?: 'json' | 'form';
  /** Tolerant: unknown fields pass. */
  readonly reply: Reply;
  readonly replyType?: 'application/json' | 'audio/mpeg';
  readonly status?: number;
  /** The operationId in the provider's document. */
  readonly operationId?: string;
  readonly source: Source;
}

/** Keeps the exact schema types of an operation that is declared as a constant. */
export function operation<
  Query extends z.ZodType = z.ZodNever,
  Body extends z.ZodType = z.ZodNever,
  Reply extends z.ZodType = z.ZodType,
>(declared: Operation<Query, Body, Reply>): Operation<Query, Body, Reply> {
  return declared;
}

/** The query a caller gives for an operation. */
export type QueryOf<Op> = Op extends Operation<infer Query, z.ZodType, z.ZodType> ? z.input<Query> : never;
/** The body a caller gives for an operation. */
export type BodyOf<Op> = Op extends Operation<z.ZodType, infer Body, z.ZodType> ? z.input<Body> : never;
/** What the provider answers, parsed. */
export type ReplyOf<Op> = Op extends Operation<z.ZodType, z.ZodType, infer Reply> ? z.output<Reply> : never;
