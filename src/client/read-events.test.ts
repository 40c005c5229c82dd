import { describe, expect, it } from 'vitest';
import { readEvents } from './read-events.ts';

async function read(...chunks: (string | Uint8Array)[]) {
  const rest = chunks.map((chunk) => (typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk));
  const reader = {
    read: async () => {
      const value = rest.shift();
      return { done: value === undefined, value };
    },
    cancel: async () => {},
  };
  const events: unknown[] = [];
  for await (const event of readEvents(reader)) events.push(event);
  return events;
}

const one = { id: '7', event: 'timeline', data: '{"a":1}' };

describe('server-sent events', () => {
  it('are read whatever ends their lines, and wherever the stream is cut', async () => {
    const text = ': hello\n\nid: 7\nevent: timeline\ndata: {"a":1}\n\n';
    expect(await read(text)).toEqual([one]);
    expect(await read(text.replaceAll('\n', '\r\n'))).toEqual([one]);
    expect(await read(...text)).toEqual([one]);
    expect(await read(...text.replaceAll('\n', '\r\n'))).toEqual([one]);
  });

  it('may have several lines of data, no name, and no space after the colon', async () => {
    expect(await read('data:a\ndata: b\ndata\n\n')).toEqual([
      { id: undefined, event: 'message', data: 'a\nb\n' },
    ]);
  });

  it('are whole or not at all', async () => {
    expect(await read('event: end\ndata: {"cut', '":"off"}')).toEqual([]);
  });

  it('keep characters that are cut in two', async () => {
    const bytes = new TextEncoder().encode('data: Zoë\n\n');
    expect(await read(bytes.subarray(0, 9), bytes.subarray(9))).toMatchObject([{ data: 'Zoë' }]);
  });
});
