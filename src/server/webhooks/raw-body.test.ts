import { describe, expect, it } from 'vitest';
import { createRawBodyReader } from './raw-body.ts';

const post = (body: string | ReadableStream) =>
  new Request('http://localhost/', { method: 'POST', body, duplex: 'half' } as RequestInit);

/** A body whose chunks are given one by one. */
function slow() {
  let give: ReadableStreamDefaultController<Uint8Array> | undefined;
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      give = controller;
    },
  });
  return {
    request: post(stream),
    chunk: (bytes: number) => give?.enqueue(new Uint8Array(bytes)),
    end: () => give?.close(),
    breakOff: () => give?.error(new Error('reset')),
  };
}

describe('createRawBodyReader', () => {
  it('reads a body in chunks, and none', async () => {
    const read = createRawBodyReader({ mostBytes: 100, mostTogether: 100 });
    const body = slow();
    const reading = read(body.request);
    body.chunk(40);
    body.chunk(2);
    body.end();
    expect(await reading).toMatchObject({ kind: 'read', bytes: { length: 42 } });
    expect(await read(new Request('http://localhost/', { method: 'POST' }))).toMatchObject({
      bytes: { length: 0 },
    });
  });

  it('stops at the limit, though no length was stated', async () => {
    const read = createRawBodyReader({ mostBytes: 100, mostTogether: 1_000 });
    const body = slow();
    const reading = read(body.request);
    body.chunk(60);
    body.chunk(60);
    expect(await reading).toEqual({ kind: 'too-large' });
  });

  it('says when a sender goes away', async () => {
    const read = createRawBodyReader({ mostBytes: 100, mostTogether: 100 });
    const body = slow();
    const reading = read(body.request);
    body.chunk(10);
    body.breakOff();
    expect(await reading).toEqual({ kind: 'broken-off' });
  });

  it('counts all that are being read, and frees what is done', async () => {
    const read = createRawBodyReader({ mostBytes: 100, mostTogether: 150 });
    const [first, second] = [slow(), slow()];
    const reading = [read(first.request), read(second.request)];
    first.chunk(90);
    second.chunk(90);
    expect(await Promise.race(reading)).toEqual({ kind: 'busy' });
    first.end();
    expect(await reading[0]).toMatchObject({ kind: 'read' });
    expect(await read(post('x'.repeat(100)))).toMatchObject({ kind: 'read' });
  });
});
