import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bakeryDocument,
  jsonBody,
  ruleContext,
  sentJson,
  sentRequest,
} from '../../../test/fixtures/rule-context.ts';
import type { Finding } from '../explanation.ts';
import { rules, runRules } from './index.ts';
import type { Rule } from './rule.ts';
import { told } from './told.ts';

const document = bakeryDocument(
  jsonBody(
    {
      loaf_id: { type: 'string', example: 'loaf_8fk2mxq1' },
      weight: { type: 'integer', minimum: 1 },
      flour: { type: 'string', enum: ['rye', 'wheat'] },
      crust: {
        oneOf: [
          { type: 'object', required: ['seeds'], properties: { seeds: { type: 'string' } } },
          { type: 'string' },
        ],
      },
    },
    ['weight'],
  ),
);

const place = (finding: Finding) =>
  finding.where.part === 'field' ? JSON.stringify(finding.where.place) : finding.where.part;

function rule(name: string, part: 'host' | 'path'): Rule {
  return {
    name,
    title: name,
    *find(context) {
      yield told(name, context, { severity: 'error', where: { part }, message: name, sure: 1 });
    },
  };
}

describe('runRules', () => {
  it('lets the first rule tell of a place', () => {
    const context = ruleContext(document, sentRequest());
    const found = runRules([rule('a', 'path'), rule('b', 'path'), rule('c', 'host')], context);
    expect(found.map((one) => one.rule)).toEqual(['a', 'c']);
  });

  it('has rules of different names, each with a line for lists', () => {
    expect(new Set(rules.map((one) => one.name)).size).toBe(rules.length);
    for (const one of rules) expect(one.title).toMatch(/^[A-Z].*[^.]$/);
  });

  it('says nothing of a request that is as the document says', () => {
    const request = sentRequest(sentJson({ weight: 800, flour: 'rye', crust: 'dark' }));
    expect(runRules(rules, ruleContext(document, request, { status: 422 }))).toEqual([]);
  });

  it('speaks only of what needs no operation where none was meant', () => {
    const request = sentRequest({ host: 'api.elsewhere.example', ...sentJson({ weight: 'x', extra: 1 }) });
    for (const status of [undefined, 401, 404, 422, 429, 500]) {
      const context = {
        ...ruleContext(document, request, { status, body: { errors: { weight: ['odd'] } } }),
        match: undefined,
      };
      const names = runRules(rules, context).map((one) => one.rule);
      expect(['wrong-host', 'rate-limited', 'server-error']).toEqual(expect.arrayContaining(names));
      expect(names).toContain('wrong-host');
    }
  });

  it('tells once of a place, with a confidence, of any request and reply', () => {
    const name = fc.constantFrom(
      'weight',
      'Weight',
      'loaf_id',
      'flour',
      'crust',
      '__proto__',
      'constructor',
      'x',
      'to_number',
    );
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom('+12125550142', 'oven_12345678', 'rye', 'Rye', '3', '[object Object]'),
    );
    const value = fc.oneof(
      text,
      fc.integer(),
      fc.constant(null),
      fc.array(text, { maxLength: 3 }),
      fc.dictionary(name, text),
    );
    const body = fc.array(fc.tuple(name, value), { maxLength: 6 }).map((pairs) => Object.fromEntries(pairs));
    const reply = fc.record({
      status: fc.option(fc.constantFrom(200, 301, 400, 401, 403, 404, 405, 410, 415, 422, 429, 500, 503), {
        nil: undefined,
      }),
      body: fc.oneof(
        fc.jsonValue({ maxDepth: 3 }),
        fc.dictionary(fc.constantFrom('errors', 'detail', 'error', 'message'), fc.jsonValue({ maxDepth: 3 })),
      ),
    });
    const request = fc.record({
      method: fc.constantFrom('GET', 'POST', 'PATCH'),
      path: fc.constantFrom('/loaves', '/loaf', '/v1/loaves', '/loaves/undefined', '/', '//', '/%E0%A4%A'),
      headers: fc.option(
        fc.array(fc.tuple(fc.constantFrom('Authorization', 'X-Api-Key', 'cookie'), text), { maxLength: 2 }),
        { nil: undefined },
      ),
      body,
    });
    fc.assert(
      fc.property(request, reply, (sent, received) => {
        const { body: value, ...rest } = sent;
        const context = ruleContext(document, sentRequest({ ...rest, ...sentJson(value) }), received);
        const found = runRules(rules, context);
        expect(new Set(found.map(place)).size).toBe(found.length);
        for (const one of found) {
          expect(one.confidence).toBeGreaterThanOrEqual(0);
          expect(one.confidence).toBeLessThanOrEqual(1);
          expect(one.message).not.toMatch(/\n|\(undefined|`undefined`:/);
          expect(one.message.length).toBeLessThan(900);
        }
      }),
      { numRuns: 300 },
    );
  });
});
