import { describe, expect, it } from 'vitest';
import { calibrationError } from '../bench/explain/calibration-error.ts';
import { exchangeOf } from '../bench/explain/exchange-of.ts';
import { figuresOf } from '../bench/explain/figures.ts';
import { growDocument, timesFor } from '../bench/explain/grow-document.ts';
import { growthExponent } from '../bench/explain/growth-exponent.ts';
import { judge } from '../bench/explain/judge.ts';
import type { Explanation, Hypothesis } from '../src/diagnosis/explanation.ts';
import type { Case, CaseExpected } from './fixtures/openapi/case.ts';
import { harbour } from './fixtures/openapi/harbour.ts';

const request = {
  method: 'POST',
  host: 'api.harbour.example',
  path: '/v2/booking/request',
  query: { quay: ['a', 'b'], limit: 5 },
  content_type: 'application/json',
  body: { vesselId: 'vsl_1' },
  status: 404,
};
const right = { method: 'POST', path: '/bookings/request', full_path: '/v2/bookings/request' };

function caseOf(expected: CaseExpected): Case {
  return { id: 'x-1', api: 'harbour', spec_file: 'harbour.json', kind: 'made', request, expected };
}

function hypothesis(path: string, confidence: number, method = 'POST'): Hypothesis {
  return {
    method,
    path,
    fullPath: `/v2${path}`,
    host: 'api.harbour.example',
    deprecated: false,
    pointer: '#',
    document: 'Harbour Desk',
    confidence,
    evidence: { for: [], against: [] },
    confirm: 'donna spec show',
    required: [],
    optional: [],
  };
}

function said(more: Partial<Explanation>): Explanation {
  return {
    format: 'donna-explanation-1',
    verdict: 'wrong',
    answer: ['It is another operation.'],
    documents: [],
    request: exchangeOf(request).request,
    alternatives: [],
    findings: [],
    fieldMap: {},
    ...more,
  };
}

describe('a judgement', () => {
  it('takes the named operation for the first answer, and looks at three', () => {
    const wrongFirst = said({
      operation: hypothesis('/bookings', 0.6),
      alternatives: [hypothesis('/bookings/request', 0.3)],
    });
    expect(judge(caseOf(right), wrongFirst)).toMatchObject({ first: false, top3: true, confidence: 0.6 });
    expect(judge(caseOf(right), said({ operation: hypothesis('/bookings/request', 0.9) })).first).toBe(true);
  });

  it('does not take an operation for the answer that is not named as one', () => {
    const silent = said({ verdict: 'cannot-tell', alternatives: [hypothesis('/bookings/request', 0.3)] });
    expect(judge(caseOf(right), silent)).toMatchObject({ first: false, top3: true, firstIsRight: true });
  });

  it('counts the other right answers as right, and another method or host as wrong', () => {
    const other = caseOf({ ...right, accept_any: [['POST', '/pilots/dispatch']] });
    expect(judge(other, said({ operation: hypothesis('/pilots/dispatch', 0.9) })).first).toBe(true);
    const get = said({ operation: hypothesis('/bookings/request', 0.9, 'GET') });
    expect(judge(caseOf(right), get).first).toBe(false);
    const elsewhere = caseOf({ ...right, host: 'eu.harbour.example' });
    expect(judge(elsewhere, said({ operation: hypothesis('/bookings/request', 0.9) })).first).toBe(false);
  });

  it('asks for the field map to be equal, not only to hold what is due', () => {
    const due = caseOf({ ...right, field_map: { vesselId: 'vessel_id' } });
    const operation = hypothesis('/bookings/request', 0.9);
    const answers = [{}, { vesselId: 'vessel_id' }, { vesselId: 'vessel_id', a: 'b' }, { vesselId: 'id' }];
    expect(answers.map((fieldMap) => judge(due, said({ operation, fieldMap })).fieldMap)).toEqual([
      false,
      true,
      false,
      false,
    ]);
    expect(judge(caseOf(right), said({ operation, fieldMap: { a: 'b' } })).invented).toBe(true);
  });

  it('finds the alarm in a verdict, a finding or a fix, and none in a note', () => {
    const valid = caseOf({ ...right, no_change: true });
    const finding = (severity: 'note' | 'warning') =>
      ({ rule: 'r', severity, where: { part: 'path' }, message: 'm', evidence: [], confidence: 1 }) as const;
    const fine = said({ verdict: 'nothing-wrong' });
    expect(judge(valid, fine).falseAlarm).toBe(false);
    expect(judge(valid, { ...fine, findings: [finding('note')] }).falseAlarm).toBe(false);
    expect(judge(valid, { ...fine, findings: [finding('warning')] }).falseAlarm).toBe(true);
    expect(judge(valid, said({ verdict: 'wrong' })).falseAlarm).toBe(true);
    const fix = { request: { ...fine.request, path: '/v2/bookings/request' }, holes: [], dropped: [] };
    expect(judge(valid, { ...fine, fix }).falseAlarm).toBe(true);
  });

  it('takes a hypothesis below one half, or none, for abstention', () => {
    const stranger = caseOf({ unanswerable: true });
    expect(judge(stranger, said({ verdict: 'cannot-tell' })).abstained).toBe(true);
    expect(judge(stranger, said({ operation: hypothesis('/bookings', 0.49) })).abstained).toBe(true);
    expect(judge(stranger, said({ operation: hypothesis('/bookings', 0.5) })).abstained).toBe(false);
  });
});

describe('the figures', () => {
  it('leave unanswerable cases out of the shares of right answers', () => {
    const judgements = [
      judge(caseOf(right), said({ operation: hypothesis('/bookings/request', 1) })),
      judge(caseOf({ unanswerable: true }), said({ verdict: 'cannot-tell' })),
    ];
    const figures = figuresOf(judgements, [1, 3]);
    expect(figures).toMatchObject({ cases: 2, first: 1, top3: 1, fieldMap: null, abstained: 1 });
    expect(figures.calibrationError).toBe(0);
  });

  it('call a confidence calibrated where it is right as often as it says', () => {
    const claims = (confidence: number, rights: number) =>
      Array.from({ length: 10 }, (_, index) => ({ confidence, right: index < rights }));
    expect(calibrationError(claims(0.7, 7), 'width')).toBeCloseTo(0);
    expect(calibrationError(claims(0.7, 3), 'width')).toBeCloseTo(0.4);
    expect(calibrationError([...claims(0.95, 5), ...claims(0.05, 5)], 'width')).toBeCloseTo(0.45);
    expect(calibrationError([...claims(0.95, 5), ...claims(0.05, 5)], 'mass')).toBeCloseTo(0.45);
  });

  it('tell growth as size from growth as its square', () => {
    const cost = (exponent: number) =>
      [100, 200, 400, 800].map((size) => [size, 3 * size ** exponent] as const);
    expect(growthExponent(cost(1))).toBeCloseTo(1);
    expect(growthExponent(cost(2))).toBeCloseTo(2);
  });
});

it('sends a case as it would stand on the wire', () => {
  const { request: sent, reply } = exchangeOf(request);
  expect(sent.query).toEqual([
    ['quay', 'a'],
    ['quay', 'b'],
    ['limit', '5'],
  ]);
  expect(sent.headers).toBeUndefined();
  expect(reply).toEqual({ status: 404 });
  const form = {
    ...request,
    content_type: 'application/x-www-form-urlencoded',
    body: { a: true, b: [1, 2] },
  };
  expect(exchangeOf(form).request.body).toEqual({
    kind: 'form',
    encoding: 'urlencoded',
    value: { a: 'true', b: ['1', '2'] },
  });
});

it('grows a document by operations of other words', () => {
  const grown = growDocument(harbour, 3);
  const count = (root: typeof harbour) => Object.keys(root.paths as object).length;
  expect(count(grown)).toBe(3 * count(harbour));
  expect(Object.keys(grown.paths as object)).toContain('/wfttfmt/{vessel_id}');
  const large = growDocument(harbour, timesFor(harbour, 1_000_000));
  expect(JSON.stringify(large).length).toBeGreaterThan(1_000_000);
});
