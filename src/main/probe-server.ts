import { AppError } from '../kernel/errors.ts';
import { type Fetch, TransportError } from '../kernel/fetch.ts';

/** A server of this machine answers in milliseconds, or it hangs. */
const ANSWER_WITHIN_MS = 1_000;

/** Whether a Donna server that accepts this token answers at the address. */
export async function answersTo(fetch: Fetch, server: { url: string; token: string }): Promise<boolean> {
  if (server.url === '') return false;
  try {
    const { status } = await fetch({
      method: 'GET',
      url: `${server.url}/v1/dialling`,
      headers: { authorization: `Bearer ${server.token}` },
      connectTimeoutMs: ANSWER_WITHIN_MS,
      replyTimeoutMs: ANSWER_WITHIN_MS,
      maxReplyBytes: 64 * 1024,
    });
    return status === 200;
  } catch (error) {
    if (error instanceof TransportError || error instanceof AppError) return false;
    throw error;
  }
}
