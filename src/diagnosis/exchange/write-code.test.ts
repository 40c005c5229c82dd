import { spawnSync } from 'node:child_process';
import { transformSync } from 'esbuild';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hole } from '../explanation.ts';
import type { SentBody, SentRequest } from './exchange.ts';
import { readCurl } from './read-curl.ts';
import { writeCurl } from './write-curl.ts';
import { writePython } from './write-python.ts';
import { writeTypescript } from './write-typescript.ts';

const post: SentRequest = {
  method: 'POST',
  scheme: 'https',
  host: 'api.example.com',
  path: '/v1/calls',
  query: [['notify', 'a b']],
  headers: [['x-api-key', '$X_API_KEY']],
  contentType: 'application/json',
  body: {
    kind: 'json',
    value: { to_number: '+12125550142', line: '<line_id>', retry: true, note: "it's", pin: '$PIN', tags: [] },
  },
};
const holes: Hole[] = [
  {
    name: 'line_id',
    place: { in: 'body', steps: ['line'] },
    expects: 'the id\nof a line',
    example: 'line_1',
  },
];

describe('the three languages', () => {
  it('write a request as people would', () => {
    expect(writeCurl(post, holes)).toBe(`# Fill in <line_id> (body.line): the id of a line, such as line_1
curl -X POST 'https://api.example.com/v1/calls?notify=a%20b' \\
  -H "x-api-key: $X_API_KEY" \\
  -H 'Content-Type: application/json' \\
  --data-raw '{
  "to_number": "+12125550142",
  "line": "<line_id>",
  "retry": true,
  "note": "it'\\''s",
  "pin": "'"$PIN"'",
  "tags": []
}'
`);
    expect(
      writeTypescript(post, holes),
    ).toBe(`// Fill in <line_id> (body.line): the id of a line, such as line_1
const response = await fetch('https://api.example.com/v1/calls?notify=a%20b', {
  method: 'POST',
  headers: {
    'x-api-key': process.env.X_API_KEY ?? '',
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({
    to_number: '+12125550142',
    line: '<line_id>',
    retry: true,
    note: 'it\\'s',
    pin: process.env.PIN,
    tags: [],
  }),
});
console.log(response.status, await response.text());
`);
    expect(writePython(post, holes)).toBe(`# Fill in <line_id> (body.line): the id of a line, such as line_1
import os

import httpx

response = httpx.request(
    "POST",
    "https://api.example.com/v1/calls?notify=a%20b",
    headers={
        "x-api-key": os.environ["X_API_KEY"],
    },
    json={
        "to_number": "+12125550142",
        "line": "<line_id>",
        "retry": True,
        "note": "it's",
        "pin": os.environ["PIN"],
        "tags": [],
    },
)
print(response.status_code, response.text)
`);
  });

  it('write credentials of HTTP Basic in the way of each', () => {
    const basic: SentRequest = {
      ...post,
      headers: [['Authorization', 'Basic $API_USER:$API_PASSWORD']],
      body: { kind: 'none' },
      contentType: undefined,
    };
    expect(writeCurl(basic, [])).toContain('-u "$API_USER:$API_PASSWORD"');
    expect(writePython(basic, [])).toContain('auth=(os.environ["API_USER"], os.environ["API_PASSWORD"])');
    expect(writeTypescript(basic, [])).toContain(
      `\`Basic \${btoa(\`\${process.env.API_USER}:\${process.env.API_PASSWORD}\`)}\``,
    );
  });

  it('leave out what a client or a browser sets by itself', () => {
    const copied: SentRequest = {
      ...post,
      headers: [
        ['sec-fetch-mode', 'cors'],
        ['user-agent', 'Browser'],
        ['content-length', '12'],
        ['x-kept', '1'],
      ],
    };
    for (const write of [writeCurl, writeTypescript, writePython]) {
      expect(write(copied, [])).toContain('x-kept');
      expect(write(copied, [])).not.toMatch(/sec-fetch|user-agent|content-length/);
    }
  });

  it('have a variable for the host that is not known', () => {
    const path: SentRequest = {
      ...post,
      host: '',
      query: [],
      body: { kind: 'none' },
      contentType: undefined,
    };
    expect(writeCurl(path, [])).toContain('"$BASE_URL/v1/calls"');
    expect(writeTypescript(path, [])).toContain(`\`\${process.env.BASE_URL}/v1/calls\``);
    expect(writePython(path, [])).toContain(`f"{os.environ['BASE_URL']}/v1/calls"`);
  });

  it('say what cannot be written: a body that is not known, too deep, or that fetch does not send', () => {
    const unread: SentRequest = { ...post, body: { kind: 'unread', why: 'it is in a file' } };
    expect(writePython(unread, [])).toContain('# The body is not known: it is in a file.');
    const self: Record<string, unknown> = {};
    self.self = self;
    expect(writeCurl({ ...post, body: { kind: 'json', value: self } }, [])).toContain('nested too deep');
    expect(writeTypescript({ ...post, method: 'GET' }, [])).toContain('fetch sends no body with GET');
  });

  it('cannot be led out of a comment or a text by a document or a request', () => {
    const evil = `x\n"; rm -rf / #\u202e\u001b[31m$(id)\`id\`\${1}`;
    const hostile: SentRequest = {
      ...post,
      path: "/v1/$(id)'`id`",
      headers: [['x-a', evil]],
      body: { kind: 'json', value: { [evil]: evil, __proto__: 1 } },
    };
    const hole: Hole = { name: evil, place: { in: 'body', steps: [evil] }, expects: evil, example: evil };
    for (const write of [writeCurl, writeTypescript, writePython]) {
      const code = write(hostile, [hole]);
      expect(code.split('\n')[0]).toMatch(/^(?:#|\/\/) Fill in/);
      expect(code.split('\n').filter((line) => line.startsWith('"; rm'))).toEqual([]);
      expect(code).not.toContain('\u202e');
      expect(code).not.toContain('\u001b');
    }
  });
});

/** A dollar sign makes a variable; those that are meant have a value in the tests. */
const text = fc.string({ unit: 'binary' }).map((one) => one.toWellFormed().replaceAll('$', '_'));
const token = fc.stringMatching(/^x-[a-z]{1,8}$/);
const line = text.map((one) => one.replace(/[\r\n\0]/g, ' ').trim());
const words = fc.oneof(
  text,
  fc.constantFrom(
    '$NAME',
    `\${NAME}`,
    "it's",
    '"',
    '\\',
    '!',
    '`id`',
    '$(id)',
    '^"',
    ' ^\n',
    '<hole>',
    '# x',
    '@f',
    '\u202e',
  ),
);
const ascii = fc.stringMatching(/^[a-z]{1,6}$/);
const jsonBody = fc.jsonValue({ maxDepth: 3 }).map(
  (value): SentBody => ({
    kind: 'json',
    // -0 has no form of its own in JSON.
    value: JSON.parse(JSON.stringify(value).replaceAll('$', '_')),
  }),
);
const objectBody = fc
  .dictionary(words, words, { maxKeys: 4 })
  .map((value): SentBody => ({ kind: 'json', value }));
const formBody = (encoding: 'urlencoded' | 'multipart', name: fc.Arbitrary<string>) =>
  fc
    .dictionary(name, fc.oneof(words, fc.array(words, { minLength: 2, maxLength: 3 })), {
      minKeys: 1,
      maxKeys: 3,
    })
    .map((value): SentBody => ({ kind: 'form', encoding, value: JSON.parse(JSON.stringify(value)) }));

const requests = fc
  .record({
    method: fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE'),
    scheme: fc.constantFrom('http', 'https'),
    host: fc.constantFrom('api.example.com', 'localhost:8080', ''),
    path: fc.webPath().map((path) => `/${path.replace(/^\/+/, '').replaceAll('$', '')}`),
    query: fc.array(fc.tuple(words, words), { maxLength: 3 }),
    headers: fc.uniqueArray(fc.tuple(token, line), { maxLength: 3, selector: ([name]) => name }),
    body: fc.oneof(
      fc.constant<SentBody>({ kind: 'none' }),
      jsonBody,
      objectBody,
      formBody('urlencoded', words),
      formBody('multipart', ascii),
    ),
  })
  .filter(({ query }) => query.every(([name]) => name !== ''))
  .map((parts): SentRequest => ({ ...parts, contentType: typeOf(parts.body) }));

function typeOf(body: SentBody): string | undefined {
  if (body.kind === 'json') return 'application/json';
  if (body.kind !== 'form') return undefined;
  return body.encoding === 'multipart' ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
}

describe('code that was written', () => {
  it('is read back by the curl reader as the same request', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const { request: back, notes } = readCurl(writeCurl(request, holes));
        const scheme = request.host === '' ? 'https' : request.scheme;
        const plain = (one: SentRequest) => ({
          ...one,
          headers: one.headers?.filter(([name]) => name !== 'Content-Type'),
        });
        expect(plain(back)).toEqual({ ...plain(request), scheme });
        expect(notes).toEqual(request.host === '' ? ['The host is a variable: it is not known.'] : []);
      }),
      { numRuns: 300 },
    );
  });

  it('is TypeScript that sends the same request', async () => {
    await fc.assert(
      fc.asyncProperty(requests, async (request) => {
        const code = writeTypescript(request, holes);
        const { code: script } = transformSync(code, {
          loader: 'ts',
          supported: { 'top-level-await': true },
        });
        const sent = await run(script);
        expect(sent.method).toBe(request.method);
        if (request.body.kind === 'json') {
          expect(JSON.parse(String(sent.body))).toEqual(withValues(request.body.value));
        } else if (request.body.kind === 'form') {
          const fields =
            sent.body instanceof URLSearchParams || sent.body instanceof FormData ? [...sent.body] : [];
          const value = withValues(request.body.value) as Record<string, string | string[]>;
          const unix = (text: unknown) => String(text).replace(/\r\n|\r/g, '\n');
          expect(fields.map(([name, text]) => [name, unix(text)])).toEqual(
            Object.entries(value).flatMap(([name, one]) => [one].flat().map((text) => [name, unix(text)])),
          );
        }
        for (const [name, value] of request.headers ?? []) expect(sent.headers[name]).toBe(expanded(value));
      }),
      { numRuns: 100 },
    );
  });

  const python = spawnSync('python3', ['--version']).status === 0;
  it.runIf(python)('is Python that sends the same request', () => {
    const samples = fc.sample(requests, { numRuns: 150, seed: 7 });
    const { stdout, stderr } = spawnSync('python3', ['-c', pythonProbe], {
      input: JSON.stringify(samples.map((request) => writePython(request, holes))),
      encoding: 'utf8',
      env: { PATH: process.env.PATH, BASE_URL: 'https://base.example', NAME: 'value', PYTHONUTF8: '1' },
      maxBuffer: 1e8,
    });
    expect(stderr).toBe('');
    const calls = JSON.parse(stdout) as { method: string; json?: unknown; data?: unknown }[];
    for (const [index, request] of samples.entries()) {
      expect(calls[index]?.method).toBe(request.method);
      if (request.body.kind === 'json' && request.body.value !== null) {
        expect(calls[index]?.json).toEqual(withValues(request.body.value));
      }
      if (request.body.kind === 'form' && request.body.encoding === 'urlencoded') {
        expect(calls[index]?.data).toEqual(withValues(request.body.value));
      }
    }
  });
});

/** Stands for httpx, and writes what it was called with. */
const pythonProbe = `
import json, sys, types
calls = []
httpx = types.ModuleType("httpx")
def request(method, url, **rest):
    calls.append({"method": method, "url": url, **rest})
    return types.SimpleNamespace(status_code=200, text="")
httpx.request = request
sys.modules["httpx"] = httpx
real = print
for code in json.load(sys.stdin):
    exec(compile(code, "written.py", "exec"), {"print": lambda *a: None})
real(json.dumps(calls))
`;

interface Sent {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Runs the code with a fetch that only looks. */
async function run(script: string): Promise<Sent> {
  const calls: Sent[] = [];
  const fetch = async (_url: string, init: Sent) => {
    calls.push(init);
    return { status: 200, text: async () => '' };
  };
  const env = { NAME: 'value', BASE_URL: 'https://base.example' };
  const AsyncFunction = Object.getPrototypeOf(run).constructor as new (
    ...names: string[]
  ) => (...values: unknown[]) => Promise<void>;
  await new AsyncFunction('fetch', 'process', 'console', script)(fetch, { env }, { log: () => undefined });
  const [sent] = calls;
  if (!sent) throw new Error('nothing was sent');
  return { ...sent, headers: sent.headers ?? {} };
}

function expanded(text: string): string {
  return text.replaceAll(/\$NAME|\$\{NAME\}/g, 'value');
}

function withValues(value: unknown): unknown {
  if (typeof value === 'string') return value === '$NAME' || value === `\${NAME}` ? 'value' : value;
  if (Array.isArray(value)) return value.map(withValues);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withValues(one)]));
}
