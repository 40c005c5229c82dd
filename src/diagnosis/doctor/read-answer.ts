import type * as z from 'zod';
import { type ErrorBody, readErrorBody } from '../../wire/elevenlabs/error.ts';
import type { Answer, Statement } from './check.ts';
import type { ProbeRequest } from './probe.ts';

/** What an answer of ElevenLabs means for the one who asks. */
export type Meaning =
  | { readonly kind: 'fine' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'no-key' | 'bad-key' | 'forbidden' }
  /** The key is valid, and lacks a right; the provider names it in its sentence. */
  | { readonly kind: 'missing-right'; readonly right: string }
  /** `resource`: the path is right and the id is not. */
  | { readonly kind: 'no-such-path' | 'no-such-resource' | 'wrong-method' | 'invalid' | 'rate-limited' }
  | { readonly kind: 'provider-error' }
  /** Not in one of the provider's shapes: something else answers at this address. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'other' };

export function meaningOf(answer: Answer): Meaning {
  if (answer.kind === 'unreachable') return { kind: 'unreachable' };
  if (answer.status >= 200 && answer.status < 300) return { kind: 'fine' };
  const error = readErrorBody(answer.body);
  // A gateway's own page in front of the provider says as much as the provider's 5xx.
  if (answer.status >= 500) return { kind: 'provider-error' };
  if (error.shape === 'foreign') return { kind: 'foreign' };
  const words = [error.status, error.code];
  if (words.includes('missing_permissions')) {
    // The right stands in the sentence only.
    return {
      kind: 'missing-right',
      right: /permission\s+`?(\w+)/.exec(error.message)?.[1] ?? 'one it does not name',
    };
  }
  // Older answers put these under 401 as well; they say nothing against the key.
  if (words.includes('quota_exceeded') || words.includes('detected_unusual_activity'))
    return { kind: 'other' };
  if (answer.status === 401) {
    return {
      kind: words.includes('needs_authorization') || words.includes('missing_api_key') ? 'no-key' : 'bad-key',
    };
  }
  if (answer.status === 403) return { kind: 'forbidden' };
  if (answer.status === 404) return { kind: error.shape === 'text' ? 'no-such-path' : 'no-such-resource' };
  if (answer.status === 405) return { kind: 'wrong-method' };
  if (answer.status === 422) return { kind: 'invalid' };
  if (answer.status === 429) return { kind: 'rate-limited' };
  return { kind: 'other' };
}

/** What was asked and what came back, in a sentence for the evidence. */
export function seen(request: ProbeRequest, answer: Answer): Statement {
  const asked = `${request.method} ${request.path}${request.method === 'POST' ? ' with an empty body' : ''}`;
  if (answer.kind === 'unreachable') {
    return { authority: 'live', text: `${asked}: no answer (${answer.why}): ${answer.message}` };
  }
  const words = answer.status >= 200 && answer.status < 300 ? '' : errorWords(answer.body);
  const id = answer.headers['request-id'] ?? answer.headers['x-request-id'];
  const trace = id && answer.status >= 400 ? `, request id ${id}` : '';
  return {
    authority: 'live',
    text: `${asked}: ${answer.status}${words} (${Math.round(answer.tookMs)} ms${trace})`,
  };
}

function errorWords(body: unknown): string {
  const error: ErrorBody = readErrorBody(body);
  const name = error.status ?? error.code;
  const message = error.message === '' ? '' : ` “${error.message}”`;
  if (error.shape === 'foreign') return `, not in a shape of the provider${message}`;
  return `${name ? ` ${name}` : ''}${message}`;
}

/** The body as the wire has it, or the first place where it is not so. */
export function readBody<Schema extends z.ZodType>(
  answer: Answer,
  schema: Schema,
):
  | { readonly kind: 'read'; readonly value: z.output<Schema> }
  | { readonly kind: 'unreadable'; readonly why: string } {
  if (answer.kind !== 'reply') return { kind: 'unreadable', why: 'there is no answer' };
  const parsed = schema.safeParse(answer.body);
  if (parsed.success) return { kind: 'read', value: parsed.data };
  const issue = parsed.error.issues[0];
  return {
    kind: 'unreadable',
    why: `${issue?.path.join('.') || 'the body'}: ${issue?.message ?? 'not as expected'}`,
  };
}
