import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FetchReply, type FetchRequest, TransportError } from '../../kernel/fetch.ts';
import { createVirtualClock } from '../../kernel/virtual-clock.ts';
import { createDocumentSources } from './document-sources.ts';

const bookshop = {
  openapi: '3.1.0',
  info: { title: 'Bookshop', version: '2' },
  servers: [{ url: 'https://api.bookshop.example/v2' }],
  paths: { '/books': { get: { summary: 'Lists books', responses: {} } } },
};
const elevenlabs = {
  openapi: '3.1.0',
  info: { title: 'Live' },
  paths: { '/v1/convai/agents': { get: { responses: {} } } },
};

let folder: string;
let said: string[];
let asked: string[];
let settingsRead: number;
let replies: Record<string, unknown>;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'donna-sources-'));
  said = [];
  asked = [];
  settingsRead = 0;
  replies = {};
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function sources(addresses = { elevenlabs: 'https://api.elevenlabs.io', twilio: 'https://api.twilio.com' }) {
  return createDocumentSources({
    async settings() {
      settingsRead++;
      return { addresses, directory: folder };
    },
    fetch:
      async () =>
      async ({ url }: FetchRequest): Promise<FetchReply> => {
        asked.push(url);
        if (!(url in replies)) throw new TransportError('dns', false, 'no such host');
        return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(replies[url])) };
      },
    clock: createVirtualClock(Date.parse('2026-11-20T10:00:00Z')),
    say: (line) => said.push(line),
  });
}

const file = async (name: string, text: string) => {
  const where = path.join(folder, name);
  await writeFile(where, text);
  return where;
};

describe('documents that are named', () => {
  it('are read from a file without settings and without the network', async () => {
    const where = await file('2026-03-09.json', JSON.stringify(bookshop));
    expect(await sources().named(where, false)).toMatchObject({
      title: 'Bookshop',
      origin: { kind: 'file', name: where, date: '2026-03-09' },
    });
    expect([settingsRead, asked]).toEqual([0, []]);
  });

  it('are read from YAML too', async () => {
    const where = await file('shop.yaml', 'openapi: 3.0.3\ninfo: {title: Shop}\npaths:\n  /a: {get: {}}\n');
    expect(await sources().named(where, true)).toMatchObject({ title: 'Shop', operations: [{ path: '/a' }] });
  });

  it('are fetched from a URL, and dated', async () => {
    replies['https://api.bookshop.example/openapi.json'] = bookshop;
    expect(await sources().named('https://api.bookshop.example/openapi.json', false)).toMatchObject({
      origin: { kind: 'live', name: 'https://api.bookshop.example/openapi.json', date: '2026-11-20' },
    });
  });

  it.each([
    ['a file that is not there', 'none.json', false, /no such file/],
    ['a URL of another protocol', 'ftp://api.example.com/o.json', false, /not a URL/],
    ['a URL, offline', 'https://api.example.com/o.json', true, /--offline/],
  ])('%s is bad input', async (_, source, offline, words) => {
    const error = await sources()
      .named(source, offline)
      .catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'bad-input', message: expect.stringMatching(words) });
    expect(asked).toEqual([]);
  });
});

describe('documents of a host', () => {
  it('are fetched through the address that is configured, once', async () => {
    replies['https://api.elevenlabs.io/openapi.json'] = elevenlabs;
    const from = sources();
    const [live] = await from.ofHost('api.elevenlabs.io', false);
    expect(live).toMatchObject({ title: 'Live', origin: { kind: 'live', date: '2026-11-20' } });
    await from.ofHost('api.us.elevenlabs.io', false);
    expect(asked).toHaveLength(1);
  });

  it('have the addresses of the provider and the one that is configured for servers', async () => {
    replies['http://127.0.0.1:9000/openapi.json'] = elevenlabs;
    const [live] = await sources({
      elevenlabs: 'http://127.0.0.1:9000',
      twilio: 'https://api.twilio.com',
    }).ofHost('127.0.0.1:9000', false);
    expect(live?.servers.map(({ host, scheme }) => [scheme, host])).toEqual([
      ['http', '127.0.0.1:9000'],
      ['https', 'api.elevenlabs.io'],
    ]);
  });

  it('are those of Donna’s own wire, named as such, where none can be had', async () => {
    const [wire] = await sources().ofHost('api.elevenlabs.io', false);
    expect(wire).toMatchObject({ origin: { kind: 'wire' } });
    expect(wire?.operations.map((one) => one.path)).toContain('/v1/convai/twilio/outbound-call');
    expect(said).toEqual([
      expect.stringContaining('no such host'),
      expect.stringContaining('Of ElevenLabs only the operations that Donna herself uses'),
    ]);
  });

  it('of Twilio are made from the wire, and nothing is fetched', async () => {
    const [wire] = await sources().ofHost('api.twilio.com', false);
    expect(wire?.operations.map((one) => one.path)).toContain('/2010-04-01/Accounts/{AccountSid}/Calls.json');
    expect(asked).toEqual([]);
  });

  it('of a sandbox are both, with the sandbox among their servers', async () => {
    const found = await sources().ofHost('127.0.0.1:4010', true);
    expect(found.map(({ servers }) => servers.some(({ host }) => host === '127.0.0.1:4010'))).toEqual([
      true,
      true,
    ]);
    expect(asked).toEqual([]);
  });

  it('of nobody are none', async () => {
    expect(await sources().ofHost('api.example.com', false)).toEqual([]);
  });
});
