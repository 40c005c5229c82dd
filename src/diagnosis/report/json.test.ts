import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import schema from '../../../docs/explanation.schema.json' with { type: 'json' };
import {
  placeOrder,
  rightButRefused,
  sentOrder,
  unanswerable,
  wrongOrder,
} from '../../../test/fixtures/explanations.ts';
import type { Explanation, Hypothesis } from '../explanation.ts';
import type { Proof } from '../proof.ts';
import type { SchemaIssue } from '../spec/check-value.ts';
import { jsonReport } from './json.ts';

const issue: Required<SchemaIssue> = {
  at: ['items', 0],
  pointer: '#/components/schemas/Item',
  keyword: 'branch',
  expected: 'a book or a card',
  sent: { isbn: 1 },
  message: 'It is neither a book nor a card.',
  branches: [{ title: 'Book', pointer: '#/components/schemas/Book', issues: [] }],
};

const proof: Required<Proof> = {
  conforms: {
    ok: false,
    issues: [{ place: { in: 'body', steps: ['items', 0] }, issue }],
    unchecked: ['isbn'],
  },
  sandbox: { before: 404, after: 200, what: 'With ids of its own.' },
  probed: { status: 422, what: 'An empty body was sent.' },
  notDone: { sandbox: 'why', probed: 'why' },
};

const operation: Required<Hypothesis> = {
  ...placeOrder,
  family: { confidence: 0.97, others: ['POST /v1/wholesale/orders'] },
};

/** The schema with its objects closed: a member that it does not know is found out. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const inner = Object.fromEntries(Object.entries(node).map(([name, value]) => [name, closed(value)]));
  const isObject = inner.type === 'object' && inner.properties !== undefined;
  return isObject ? { ...inner, additionalProperties: false } : inner;
}

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false });
const isOpen = ajv.compile(schema);
const isKnown = ajv.compile(closed(schema) as object);
const written = (explanation: Explanation, known?: Proof) =>
  JSON.parse(jsonReport(explanation, known)) as unknown;

describe('the format json', () => {
  it.each([
    ['with every member', { ...wrongOrder, operation }, proof],
    ['of a right request', rightButRefused, undefined],
    ['without an answer', unanswerable, {}],
    [
      'of a form',
      {
        ...unanswerable,
        request: {
          ...sentOrder,
          body: { kind: 'form', encoding: 'multipart', value: { a: { file: 'b.wav' } } },
        },
      },
      undefined,
    ],
    [
      'of broken JSON',
      { ...unanswerable, request: { ...sentOrder, body: { kind: 'text', text: '{', problem: 'it ends' } } },
      undefined,
    ],
    [
      'of a body that is elsewhere',
      { ...unanswerable, request: { ...sentOrder, body: { kind: 'unread', why: 'a file' } } },
      undefined,
    ],
    [
      'of no body and unknown headers',
      {
        ...unanswerable,
        request: { ...sentOrder, headers: undefined, contentType: undefined, body: { kind: 'none' } },
      },
      undefined,
    ],
  ] as const)(
    '%s is valid by docs/explanation.schema.json, which knows every member',
    (_, explanation, known) => {
      const report = written(explanation, known);
      expect(isOpen(report), JSON.stringify(isOpen.errors)).toBe(true);
      expect(isKnown(report), JSON.stringify(isKnown.errors)).toBe(true);
    },
  );

  it('is the explanation as it is, with the proof', () => {
    expect(written(wrongOrder, proof)).toEqual(JSON.parse(JSON.stringify({ ...wrongOrder, proof })));
    expect(written(unanswerable)).not.toHaveProperty('proof');
  });

  it('refuses another format and a confidence beyond 1', () => {
    expect(isOpen({ ...wrongOrder, format: 'donna-explanation-2' })).toBe(false);
    expect(isOpen({ ...wrongOrder, operation: { ...wrongOrder.operation, confidence: 1.1 } })).toBe(false);
  });

  it('bears bodies of any depth and names of prototypes', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    const body = { kind: 'json', value: { deep, ...JSON.parse('{"__proto__":{"a":1}}') } } as const;
    const report = jsonReport({ ...unanswerable, request: { ...sentOrder, body } });
    expect(isOpen(JSON.parse(report))).toBe(true);
    const own = {
      ...unanswerable,
      request: { ...sentOrder, body: { kind: 'json', value: JSON.parse('{"__proto__":{"a":1}}') } },
    } as const;
    expect(jsonReport(own)).toContain('"__proto__": {');
  });
});
