import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { serve } from './run-diagnose.ts';
import { donnaExplain, emptySettings, explained, temporaryFile, temporaryFolder } from './run-explain.ts';

const bookshop = `openapi: 3.0.3
info: { title: Bookshop, version: '2' }
servers: [{ url: https://api.bookshop.example/v2 }]
paths:
  /books:
    get:
      summary: Lists the books
      parameters:
        - { name: author, in: query, schema: { type: string } }
      responses: { '200': { description: The books } }
  /orders:
    post:
      summary: Orders a book
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [book_id, quantity]
              properties:
                book_id: { type: string }
                quantity: { type: integer }
                gift_note: { type: string }
      responses: { '201': { description: The order } }
`;
const document = () => temporaryFile('bookshop.yaml', bookshop);

const wrong = `curl https://api.bookshop.example/v2/order -H 'content-type: application/json' -d '{"bookId":"b_1","quantity":2}'`;
const right = 'curl "https://api.bookshop.example/v2/books?author=Lem"';

describe('what can be explained', () => {
  it('a curl command, by a document in a file', async () => {
    const report = await explained([wrong, '--spec', await document(), '--status', '404'], {});
    expect(report).toMatchObject({
      exitCode: 1,
      operation: { method: 'POST', fullPath: '/v2/orders' },
      fieldMap: { bookId: 'book_id' },
      documents: [{ title: 'Bookshop', origin: { kind: 'file' } }],
    });
  });

  it('a request that is right, with exit code 0', async () => {
    expect(await donnaExplain([right, '--spec', await document()], {})).toMatchObject({ exitCode: 0 });
  });

  it('a URL alone, as a GET', async () => {
    const url = 'https://api.bookshop.example/v2/book?author=Lem';
    expect(await explained([url, '--spec', await document()], {})).toMatchObject({
      request: { method: 'GET', query: [['author', 'Lem']] },
      operation: { fullPath: '/v2/books' },
    });
  });

  it('a request that no document knows, with exit code 1 and no guess', async () => {
    const strange = 'curl -X POST https://api.weather.example/radar/sweeps -d azimuth=12';
    const report = await explained([strange, '--spec', await document()], {});
    expect(report).toMatchObject({ verdict: 'cannot-tell', exitCode: 1 });
    expect(report.fix).toBeUndefined();
  });

  it('several documents at once: the host chooses', async () => {
    const other = await temporaryFile(
      'library.json',
      JSON.stringify({
        openapi: '3.1.0',
        info: { title: 'Library', version: '1' },
        servers: [{ url: 'https://api.library.example' }],
        paths: { '/orders': { get: { responses: {} } } },
      }),
    );
    const report = await explained([wrong, '--spec', other, '--spec', await document()], {});
    expect(report.operation).toMatchObject({ fullPath: '/v2/orders', host: 'api.bookshop.example' });
  });

  it('a document at a URL, over a redirect that is shown', async () => {
    const url = await serve((request, reply) => {
      if (request.url === '/spec') reply.writeHead(302, { location: '/bookshop.yaml' }).end();
      else reply.end(bookshop);
    });
    const report = await explained([wrong, '--spec', `${url}/spec`], {});
    expect(report).toMatchObject({ operation: { fullPath: '/v2/orders' } });
    expect(report.err).toContain(`${url}/spec redirects to ${url}/bookshop.yaml`);
  });

  it('a document that cannot be fetched is told with exit code 4', async () => {
    const { err, exitCode } = await donnaExplain([wrong, '--spec', 'http://127.0.0.1:9/openapi.json'], {});
    expect(err).toContain('127.0.0.1:9');
    expect(exitCode).toBe(4);
  });

  it('a request in a file: JSON, HTTP text and curl', async () => {
    const spec = await document();
    const body = { bookId: 'b_1', quantity: 2 };
    const url = 'https://api.bookshop.example/v2/order';
    const files = [
      await temporaryFile('request.json', JSON.stringify({ method: 'POST', url, body, status: 404 })),
      await temporaryFile(
        'request.http',
        `POST ${url} HTTP/1.1\nContent-Type: application/json\n\n${JSON.stringify(body)}`,
      ),
      await temporaryFile('request.sh', wrong),
    ];
    for (const file of files) {
      expect(await explained(['--request', file, '--spec', spec], {})).toMatchObject({
        operation: { fullPath: '/v2/orders' },
        fieldMap: { bookId: 'book_id' },
      });
    }
  });

  it('the response as text and as a file', async () => {
    const spec = await document();
    const reply = '{"errors":{"book_id":["is required"]}}';
    const file = await temporaryFile('reply.json', reply);
    for (const given of [reply, file, `@${file}`]) {
      const report = await explained([wrong, '--spec', spec, '--status', '422', '--response', given], {});
      expect(report.reply).toMatchObject({ status: 422, body: { errors: { book_id: ['is required'] } } });
    }
  });

  it('every failing entry of a HAR, one after the other', async () => {
    const entry = (url: string, status: number) => ({
      request: { method: 'GET', url, headers: [], queryString: [], cookies: [] },
      response: { status, headers: [], content: { size: 0, mimeType: 'application/json', text: '{}' } },
    });
    const har = await temporaryFile(
      'session.har',
      JSON.stringify({
        log: {
          version: '1.2',
          entries: [
            entry('https://api.bookshop.example/v2/books', 200),
            entry('https://api.bookshop.example/v2/book', 404),
            entry('https://api.bookshop.example/books', 404),
            entry('https://fonts.elsewhere.example/serif.woff2', 404),
          ],
        },
      }),
    );
    const spec = await document();
    const { out, err, exitCode } = await donnaExplain(['--har', har, '--spec', spec, '--json'], {});
    expect(JSON.parse(out)).toMatchObject([
      { operation: { fullPath: '/v2/books' } },
      { operation: { fullPath: '/v2/books' } },
    ]);
    expect(err).toContain('4 entries in the HAR, 3 failed');
    expect(err).toContain('1 of 3 go to hosts without a document (fonts.elsewhere.example)');
    expect(exitCode).toBe(1);
    const text = await donnaExplain(['--har', har, '--spec', spec], {});
    expect(text.out).toContain('1 of 2');
    const without = await donnaExplain(['--har', har], await emptySettings());
    expect(without).toMatchObject({ exitCode: 2, err: expect.stringContaining('--spec') });
  });

  it('a HAR in which nothing failed is nothing wrong', async () => {
    const har = await temporaryFile('quiet.har', JSON.stringify({ log: { version: '1.2', entries: [] } }));
    const output = await donnaExplain(['--har', har, '--spec', await document(), '--json'], {});
    expect(output).toMatchObject({ out: '[]', exitCode: 0 });
  });

  it('what became of an endpoint, by dated documents', async () => {
    const folder = await temporaryFolder();
    const old = bookshop.replace('/orders:', '/order:').replace('Orders a book', 'Orders a book (old)');
    await writeFile(path.join(folder, '2024-02-01.yaml'), old);
    await writeFile(path.join(folder, '2025-02-01.yaml'), bookshop);
    const report = await explained([wrong, '--spec', await document(), '--history', folder], {});
    expect(report.history).toMatchObject({
      firstSeen: '2024-02-01',
      lastSeen: '2024-02-01',
      goneBy: '2025-02-01',
    });
    const none = await donnaExplain(
      [wrong, '--spec', await document(), '--history', await temporaryFolder()],
      {},
    );
    expect(none).toMatchObject({ exitCode: 2, err: expect.stringContaining('no dated document') });
  });

  it('with --out the answer is in the file, and stdout stays empty', async () => {
    const file = path.join(await temporaryFolder(), 'cause.md');
    const output = await donnaExplain(
      [wrong, '--spec', await document(), '--format', 'md', '--out', file],
      {},
    );
    expect(output).toMatchObject({ out: '', exitCode: 1, err: expect.stringContaining(file) });
    expect(await readFile(file, 'utf8')).toContain('/v2/orders');
  });

  it('with --check a request of another API is held against its document, and not replayed', async () => {
    const report = await explained([wrong, '--spec', await document(), '--check'], await emptySettings());
    expect(report.proof).toMatchObject({
      conforms: { ok: true },
      notDone: { sandbox: expect.stringContaining('ElevenLabs and Twilio') },
    });
    expect(report.proof?.sandbox).toBeUndefined();
  });
});

describe('what cannot', () => {
  it.each<[string, string[], RegExp]>([
    ['nothing', [], /no request to explain.*--har/s],
    ['an empty command', [''], /empty/],
    ['a curl without quotes', ['curl', '-X', 'POST', 'https://api.example.com/a'], /single quotes/],
    [
      'a curl without quotes, with --json',
      ['curl', '--json', '{}', 'https://api.example.com/a'],
      /single quotes/,
    ],
    ['the words after an unquoted curl', ['curl', 'https://api.example.com/a'], /single quotes/],
    ['a command that is none', ['wget https://api.example.com'], /not with curl/],
    ['a curl without a URL', ['curl -X POST'], /URL/],
    ['a curl that was pasted partly', ['curl https://api.example.com/a -d \'{"a":'], /quote|end/i],
    ['a header that is missing', ['curl https://api.example.com/a -H'], /-H|header|value/],
    ['an option that is none', ['curl https://api.example.com/a', '--cheque'], /unknown option '--cheque'/],
    ['two requests', ['curl https://api.example.com/a', '--request', 'x.json'], /three ways/],
    ['a host of nobody', ['curl https://api.example.com/a'], /api\.example\.com.*--spec/s],
    ['a status that is none', ['curl https://api.example.com/a', '--status', 'bad'], /--status/],
    ['a format that is none', ['curl https://api.example.com/a', '--format', 'pdf'], /text, md, json, sarif/],
    ['two formats', ['curl https://api.example.com/a', '--json', '--format', 'md'], /contradict/],
    ['a language that is none', ['curl https://api.example.com/a', '--lang', 'cobol'], /curl, ts, python/],
    ['a HAR that is not there', ['--har', 'none.har'], /no such file/],
    ['a HAR and a status', ['--har', 'none.har', '--status', '404'], /its own responses/],
    [
      'a document that is not there',
      ['curl https://api.example.com/a', '--spec', 'none.json'],
      /no such file/,
    ],
  ])('%s is bad input, with what to do', async (_, args, words) => {
    const { out, err, exitCode } = await donnaExplain(args, await emptySettings());
    expect(err).toMatch(words);
    expect(exitCode).toBe(2);
    if (!args.includes('--json')) expect(out).toBe('');
    else expect(JSON.parse(out)).toMatchObject({ error: { code: 'bad-input', hint: expect.any(String) } });
  });

  it.each([
    ['Swagger 2.0', '{"swagger":"2.0","paths":{}}', /swagger 2\.0/i],
    ['a web page', '<!doctype html><p>Docs', /web page/],
    ['nothing at all', '', /empty/],
    ['other JSON', '{"name":"donna"}', /openapi/],
    ['half a document', '{"openapi":"3.1.0","paths":{"/a"', /line 1/],
  ])('a document that is %s is refused', async (_, text, words) => {
    const spec = await temporaryFile('spec.json', text);
    const { err, exitCode } = await donnaExplain([right, '--spec', spec], {});
    expect(err).toMatch(words);
    expect(exitCode).toBe(2);
  });
});
