/** A body as it came, or why there is none. */
export type RawBody =
  | { readonly kind: 'read'; readonly bytes: Uint8Array }
  | { readonly kind: 'too-large' }
  /** Other large bodies fill the memory that is kept for them. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'broken-off' };

/**
 * Reads bodies with and without a stated length, each up to `mostBytes`, all that are being read together up to `mostTogether`: recordings
 * come in chunks of many megabytes, and nobody may fill the memory with bodies that are never signed.
 */
export function createRawBodyReader({
  mostBytes,
  mostTogether,
}: {
  readonly mostBytes: number;
  readonly mostTogether: number;
}) {
  let together = 0;

  return async function readRawBody(request: Request): Promise<RawBody> {
    if (Number(request.headers.get('content-length') ?? 0) > mostBytes) return { kind: 'too-large' };
    const reader = request.body?.getReader();
    if (!reader) return { kind: 'read', bytes: new Uint8Array() };
    const chunks: Uint8Array[] = [];
    let length = 0;
    const giveUp = (kind: 'too-large' | 'busy'): RawBody => {
      // Without waiting: a sender that never stops would hold the answer back.
      reader.cancel().catch(() => undefined);
      return { kind };
    };
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return { kind: 'read', bytes: Buffer.concat(chunks) };
        length += value.length;
        together += value.length;
        if (length > mostBytes) return giveUp('too-large');
        if (together > mostTogether) return giveUp('busy');
        chunks.push(value);
      }
    } catch {
      return { kind: 'broken-off' };
    } finally {
      together -= length;
    }
  };
}
