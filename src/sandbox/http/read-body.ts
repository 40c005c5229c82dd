import type { IncomingMessage } from 'node:http';

/** A dial with everything in it is a few kilobytes, an agent with long prompts some hundred. */
export const MOST_BODY_BYTES = 2 * 1024 * 1024;

export type ReadBody =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'broken-off' };

/** Reads a body whole. Past the limit it stops keeping what comes, so that memory stays bounded. */
export async function readBody(request: IncomingMessage): Promise<ReadBody> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > MOST_BODY_BYTES) return { kind: 'too-large' };
      chunks.push(chunk);
    }
  } catch {
    return { kind: 'broken-off' };
  }
  return { kind: 'bytes', bytes: Buffer.concat(chunks) };
}
