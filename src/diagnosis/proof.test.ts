import { describe, expect, it } from 'vitest';
import type { PlacedIssue } from './match/match.ts';
import { type Proof, proofLines } from './proof.ts';

const issue = (name: string): PlacedIssue => ({
  place: { in: 'body', steps: [name] },
  issue: {
    at: [name],
    pointer: `#/components/schemas/Order/properties/${name}`,
    keyword: 'type',
    expected: 'integer',
    sent: 'two',
    message: 'It is text where a whole number is due.',
  },
});

const fits = { ok: true, issues: [], unchecked: [] };
const texts = (proof: Proof | undefined) => proofLines(proof).map(({ state, text }) => `${state}: ${text}`);

describe('proofLines', () => {
  it('say that nothing was checked', () => {
    expect(texts(undefined)).toEqual(['open: Not checked. With `--check` the corrected request is checked.']);
  });

  it('claim no step that was not done', () => {
    expect(texts({})).toEqual([
      'open: Conforms: not checked, for there is no corrected request.',
      'open: Sandbox: not replayed.',
      'open: Probed: no, nothing was sent to the provider.',
    ]);
  });

  it('give the reason why a step was not done', () => {
    const notDone = { sandbox: 'It does not play this host.', probed: 'only with `--probe`' };
    expect(texts({ conforms: fits, notDone })).toEqual([
      'shown: Conforms: the corrected request is valid by the document.',
      'open: Sandbox: not replayed. It does not play this host.',
      'open: Probed: no, nothing was sent to the provider. only with `--probe`.',
    ]);
  });

  it('except what could not be checked', () => {
    expect(texts({ conforms: { ...fits, unchecked: ['customer_id', 'header:X-Shop-Key'] } })[0]).toBe(
      'shown: Conforms: the corrected request is valid by the document. Not checked, because the values are not in it: customer_id, header:X-Shop-Key.',
    );
  });

  it('speak against a fix that does not conform, with three issues at most', () => {
    const issues = ['a', 'b', 'c', 'd', 'e'].map(issue);
    expect(texts({ conforms: { ok: false, issues, unchecked: [] } })[0]).toBe(
      'against: Does not conform: by the document the corrected request is still wrong. a: It is text where a whole number is due; b: It is text where a whole number is due; c: It is text where a whole number is due; and 2 more.',
    );
  });

  it('names a required field that is missing', () => {
    const { place, issue: found } = issue('order');
    const missing = {
      place,
      issue: { ...found, keyword: 'required', expected: 'isbn', message: 'It is missing.' },
    } as const;
    const parameter = { ...missing, place: { in: 'query', steps: ['isbn'] } } as const;
    expect(texts({ conforms: { ok: false, issues: [missing, parameter], unchecked: [] } })[0]).toContain(
      'order.isbn: It is missing; query:isbn: It is missing.',
    );
  });

  it.each([
    [
      404,
      200,
      'shown: Sandbox: 404 as it was sent, 200 corrected. With its own ids. It is a simulation of the provider.',
    ],
    [404, 422, 'against: Sandbox: still refused: 404 as it was sent, 422 corrected. With its own ids.'],
    [
      200,
      200,
      'open: Sandbox: 200 as it was sent, 200 corrected. It takes both, so the status proves nothing. With its own ids.',
    ],
    [200, 500, 'against: Sandbox: still refused: 200 as it was sent, 500 corrected. With its own ids.'],
  ])('weigh %s before and %s after on the sandbox', (before, after, line) => {
    expect(texts({ conforms: fits, sandbox: { before, after, what: 'With its own ids.' } })[1]).toBe(line);
  });

  it.each([
    [422, 'shown'],
    [400, 'shown'],
    [404, 'against'],
    [405, 'against'],
    [401, 'open'],
    [503, 'open'],
  ])('weigh a probe that comes back %s, and never claim that the request was sent', (status, state) => {
    expect(texts({ probed: { status, what: 'An empty body was sent' } })[2]).toBe(
      `${state}: Probed: the provider answered ${status}. An empty body was sent. The corrected request itself was not sent.`,
    );
  });

  it('are fit for a terminal whatever a name holds', () => {
    const hostile = { conforms: { ok: false, issues: [issue('\u001b[31mred\u202e')], unchecked: [] } };
    expect(texts(hostile)[0]).toContain(' red: It is text');
  });
});
