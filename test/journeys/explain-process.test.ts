import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../fixtures/built.ts';

const bookshop = {
  openapi: '3.1.0',
  info: { title: 'Bookshop', version: '2' },
  servers: [{ url: 'https://api.bookshop.example/v2' }],
  paths: {
    '/orders': {
      post: {
        summary: 'Orders a book',
        requestBody: {
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['book_id', 'quantity'],
                properties: { book_id: { type: 'string' }, quantity: { type: 'integer' } },
              },
            },
          },
        },
        responses: { 201: { description: 'The order' } },
      },
    },
  },
};
const curl = `curl https://api.bookshop.example/v2/order -H 'content-type: application/json' \\
  -d '{"bookId":"b_1","quantity":2}'`;

let root: string;
let folder: string;
beforeAll(async () => {
  root = ensureBuilt();
  folder = await mkdtemp(path.join(os.tmpdir(), 'donna-explain-'));
  await writeFile(path.join(folder, 'bookshop.json'), JSON.stringify(bookshop));
  // Settings that cannot be read stop a call, and are nothing to a request that is explained by a file.
  await writeFile(path.join(folder, '.env'), 'ELEVENLABS_BASE_URL=not a url\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function node(args: readonly string[], stdin = '') {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', HOME: folder },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    err += String(chunk);
  });
  child.stdin.end(stdin);
  const exit = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { out, err, exit };
}

const donna = (args: readonly string[], stdin?: string) =>
  node([path.join(root, 'dist', 'donna.js'), ...args], stdin);

describe('donna explain as a process', () => {
  it('reads the command from stdin, and ends with 1', async () => {
    const { out, exit } = await donna(['explain', '-', '--spec', 'bookshop.json', '--status', '404'], curl);
    expect(out.split('\n').slice(0, 3).join(' ')).toContain('/v2/orders');
    expect(exit).toBe(1);
  });

  it('reads the body of a command from stdin, as curl does', async () => {
    const command = 'curl https://api.bookshop.example/v2/orders --json @-';
    const right = await donna(
      ['explain', command, '--spec', 'bookshop.json'],
      '{"book_id":"b_1","quantity":2}',
    );
    expect(right.exit).toBe(0);
    const missing = await donna(['explain', command, '--spec', 'bookshop.json'], '{"book_id":"b_1"}');
    expect(missing.out).toContain('quantity');
    expect(missing.exit).toBe(1);
  });

  it('reads the response from stdin', async () => {
    const args = ['explain', curl, '--spec', 'bookshop.json', '--response', '-', '--json'];
    const { out } = await donna(
      args,
      'HTTP/1.1 404 Not Found\r\ncontent-type: text/plain\r\n\r\nno such page',
    );
    expect(JSON.parse(out).reply).toMatchObject({ status: 404, body: 'no such page' });
  });

  it('writes a page to a file', async () => {
    const args = ['explain', curl, '--spec', 'bookshop.json', '--format', 'md', '--out', 'cause.md'];
    expect(await donna(args)).toMatchObject({ out: '', exit: 1 });
    expect(await readFile(path.join(folder, 'cause.md'), 'utf8')).toMatch(/^# Root cause/);
  });

  it('says how to quote a command that came apart', async () => {
    const { err, exit } = await donna([
      'explain',
      'curl',
      '-X',
      'POST',
      'https://api.bookshop.example/v2/order',
    ]);
    expect(err).toContain('single quotes');
    expect(exit).toBe(2);
  });
});

describe('donna/diagnosis as a library', () => {
  it('explains without the network, which it does not even load', async () => {
    const library = pathToFileURL(path.join(root, 'dist', 'diagnosis.js')).href;
    const script = `
      import { readFileSync } from 'node:fs';
      const { explain, parseDocument, readApiDocument, readCurl } = await import(${JSON.stringify(library)});
      const root = await parseDocument(readFileSync('bookshop.json'), 'bookshop.json');
      const document = readApiDocument(root, { kind: 'given', name: 'bookshop.json' });
      const { request } = readCurl(${JSON.stringify(curl)});
      const { verdict, operation, fieldMap } = explain({ request, reply: { status: 404 } }, [document]);
      const network = process.moduleLoadList.filter((name) => /^NativeModule (_http_client|https|net|tls|dns)$/.test(name));
      console.log(JSON.stringify({ verdict, path: operation.fullPath, fieldMap, network }));`;
    const { out, err } = await node(['--input-type=module', '-e', script]);
    expect(err).toBe('');
    expect(JSON.parse(out)).toEqual({
      verdict: 'wrong',
      path: '/v2/orders',
      fieldMap: { bookId: 'book_id' },
      network: [],
    });
  });
});
