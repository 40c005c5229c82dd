import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Exchange, SentBody } from '../src/diagnosis/exchange/exchange.ts';
import { explain } from '../src/diagnosis/explain.ts';
import type { Explanation } from '../src/diagnosis/explanation.ts';
import { parseDocument } from '../src/diagnosis/spec/parse-document.ts';
import { readApiDocument } from '../src/diagnosis/spec/read-api-document.ts';
import { AppError } from '../src/kernel/errors.ts';
import { harbour } from './fixtures/openapi/harbour.ts';
import { hostileDocuments } from './fixtures/openapi/hostile-documents.ts';
import { hostileRequests } from './fixtures/openapi/hostile-requests.ts';
import { loom } from './fixtures/openapi/loom.ts';

/** In milliseconds, for one hostile thing of whatever kind. */
const MOST_MS = 5_000;
const origin = { kind: 'given', name: 'hostile.json' } as const;

type Written = { readonly method: string; readonly path: string; readonly body?: unknown };

describe('a hostile document', () => {
  it.each(hostileDocuments)(
    'ends in its $end: $name',
    { timeout: MOST_MS },
    async ({ end, text, request }) => {
      const said = await readAndExplain(text(), request ?? { method: 'GET', path: '/v2/vessels' });
      if (end !== 'either') expect(said instanceof AppError ? 'refusal' : 'answer').toBe(end);
      if (said instanceof AppError) expect(said.hint).toBeTruthy();
      else expectWellFormed(said);
    },
  );

  it('changes no prototype', () => {
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('a hostile request', () => {
  const document = readApiDocument(harbour, origin);
  it.each(hostileRequests(0.02))(
    'is explained: $name, on a small scale',
    { timeout: MOST_MS },
    ({ request }) => {
      expectWellFormed(explain(exchangeOf(request), [document]));
    },
  );
});

describe('any request against any document', () => {
  const names = [
    'vessel_id',
    'name',
    'period',
    '__proto__',
    'constructor',
    'FriendlyName',
    '',
    'a.b',
    'a[b]',
    'é',
  ];
  const name = fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 12 }));
  const words = [
    'v2',
    'vessels',
    'bookings',
    'request',
    '2019-10-01',
    'Accounts',
    'Weaves.json',
    '__proto__',
    '..',
    '',
  ];
  const segment = fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 20 }));
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof(
      { maxDepth: 4 },
      fc.constant(null),
      fc.boolean(),
      fc.double(),
      fc.string({ maxLength: 20 }),
      fc.array(tie('json'), { maxLength: 4 }),
      fc.dictionary(name, tie('json'), { maxKeys: 5 }),
    ),
  }));
  const pairs = fc.array(fc.tuple(name, fc.string({ maxLength: 20 })), { maxLength: 4 });
  const body: fc.Arbitrary<SentBody> = fc.oneof(
    fc.constant({ kind: 'none' } as const),
    fc.record({ kind: fc.constant('json' as const), value: json }),
    fc.record({
      kind: fc.constant('form' as const),
      encoding: fc.constantFrom('urlencoded' as const, 'multipart' as const),
      value: fc.dictionary(name, json, { maxKeys: 6 }),
    }),
    fc.record({ kind: fc.constant('text' as const), text: fc.string(), problem: fc.constant('no JSON') }),
    fc.record({ kind: fc.constant('unread' as const), why: fc.constant('a file') }),
  );
  const exchange: fc.Arbitrary<Exchange> = fc.record(
    {
      request: fc.record({
        method: fc.oneof(
          fc.constantFrom('GET', 'POST', 'PATCH', 'PUT', 'DELETE'),
          fc.string({ maxLength: 8 }),
        ),
        scheme: fc.constantFrom('http' as const, 'https' as const),
        host: fc.oneof(
          fc.constantFrom('api.harbour.example', 'api.loom.example', ''),
          fc.string({ maxLength: 12 }),
        ),
        path: fc.array(segment, { maxLength: 9 }).map((parts) => `/${parts.join('/')}`),
        query: pairs,
        headers: fc.option(pairs, { nil: undefined }),
        contentType: fc.option(
          fc.constantFrom('application/json', 'multipart/form-data', 'text/plain', 'x'),
          {
            nil: undefined,
          },
        ),
        body,
      }),
      reply: fc.record(
        {
          status: fc.option(fc.integer({ min: 0, max: 999 }), { nil: undefined }),
          headers: pairs,
          body: json,
        },
        { requiredKeys: ['status'] },
      ),
    },
    { requiredKeys: ['request'] },
  );
  const change = fc.record({
    at: fc.nat(),
    how: fc.constantFrom('drop', 'replace', 'refer'),
    other: fc.nat(),
    value: json,
  });
  const changed = fc
    .tuple(fc.constantFrom(harbour, loom), fc.array(change, { maxLength: 5 }))
    .map(([root, changes]) => changes.reduce(applyChange, structuredClone(root) as unknown));

  it('gives an explanation or refuses the document', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(exchange, fc.array(changed, { minLength: 1, maxLength: 2 }), (sent, roots) => {
        const documents = roots.flatMap((root) => {
          const read = attempt(() => readApiDocument(root, origin));
          return read instanceof AppError ? [] : [read];
        });
        const said = attempt(() => explain(sent, documents));
        if (!(said instanceof AppError)) expectWellFormed(said);
      }),
      { numRuns: 120 },
    );
  });

  it('explains the same request alike twice', { timeout: 30_000 }, () => {
    const documents = [readApiDocument(harbour, origin)];
    fc.assert(
      fc.property(exchange, (sent) => {
        const first = explain(sent, documents);
        expect(explain(sent, documents)).toEqual(first);
        expect(explain(sent, [readApiDocument(harbour, origin)])).toEqual(first);
      }),
      { numRuns: 30 },
    );
  });
});

async function readAndExplain(text: string | Uint8Array, request: Written): Promise<Explanation | AppError> {
  try {
    const root = await parseDocument(text, origin.name);
    return explain(exchangeOf(request), [readApiDocument(root, origin)]);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

function attempt<Value>(run: () => Value): Value | AppError {
  try {
    return run();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

function expectWellFormed(said: Explanation): void {
  expect(said.format).toBe('donna-explanation-1');
  expect(said.answer.length).toBeGreaterThan(0);
  expect(said.answer.length).toBeLessThanOrEqual(3);
  const hypotheses = [...(said.operation ? [said.operation] : []), ...said.alternatives];
  for (const { confidence } of [...hypotheses, ...said.findings]) {
    expect(confidence).toBeGreaterThanOrEqual(0);
    expect(confidence).toBeLessThanOrEqual(1);
  }
  if (said.verdict === 'cannot-tell') expect(said.fix).toBeUndefined();
  expect(typeof JSON.stringify(said)).toBe('string');
}

function exchangeOf({ method, path, body }: Written): Exchange {
  return {
    request: {
      method,
      scheme: 'https',
      host: 'api.harbour.example',
      path,
      query: [],
      headers: undefined,
      contentType: body === undefined ? undefined : 'application/json',
      body: body === undefined ? { kind: 'none' } : { kind: 'json', value: body },
    },
    reply: { status: 404 },
  };
}

interface Change {
  readonly at: number;
  readonly how: string;
  readonly other: number;
  readonly value: unknown;
}

/** Somewhere in the tree something is lost, is another thing, or is said to be what stands elsewhere. */
function applyChange(root: unknown, { at, how, other, value }: Change): unknown {
  const places = placesOf(root);
  const place = places[at % Math.max(1, places.length)];
  const elsewhere = places[other % Math.max(1, places.length)];
  if (!place || !elsewhere) return root;
  if (how === 'drop') Reflect.deleteProperty(place.owner, place.key);
  else if (how === 'replace') Reflect.set(place.owner, place.key, value);
  else Reflect.set(place.owner, place.key, { $ref: elsewhere.pointer });
  return root;
}

interface Place {
  readonly owner: object;
  readonly key: string;
  readonly pointer: string;
}

function placesOf(root: unknown): Place[] {
  const places: Place[] = [];
  const open: { readonly value: unknown; readonly pointer: string }[] = [{ value: root, pointer: '#' }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, pointer } = next;
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      const at = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      places.push({ owner: value, key, pointer: at });
      open.push({ value: inner, pointer: at });
    }
  }
  return places;
}
