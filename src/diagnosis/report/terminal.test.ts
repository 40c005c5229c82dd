import { describe, expect, it } from 'vitest';
import { rightButRefused, sentOrder, unanswerable, wrongOrder } from '../../../test/fixtures/explanations.ts';
import type { Explanation } from '../explanation.ts';
import type { Proof } from '../proof.ts';
import type { ReportStyles } from './report-styles.ts';
import { type TerminalOptions, terminalLines } from './terminal.ts';
import { textWidth } from './text-width.ts';

const same = (text: string) => text;
const style: ReportStyles = { bold: same, dim: same, good: same, warn: same, bad: same };
const proof: Proof = {
  conforms: { ok: true, issues: [], unchecked: ['customer_id'] },
  sandbox: { before: 404, after: 200, what: 'With ids of its own.' },
};

const lines = (explanation: Explanation, more: Partial<TerminalOptions> = {}) =>
  terminalLines(explanation, { width: 100, style, ...more });

/** The lines below a title, up to the next empty one. */
function section(all: readonly string[], title: string): readonly string[] {
  const from = all.indexOf(title) + 1;
  const to = all.indexOf('', from);
  return from === 0 ? [] : all.slice(from, to === -1 ? undefined : to);
}

const { fix: _fix, ...withoutFix } = wrongOrder;

describe('terminalLines', () => {
  it('give the answer in the first three lines', () => {
    expect(lines(wrongOrder).slice(0, 4)).toEqual([
      '✗ POST /v1/shelf/shelf_0042/order does not exist, and six parts of the request are wrong besides.',
      '  Meant is POST /v1/orders (Place an order).',
      '  Send the corrected request below, with your customer_id.',
      '',
    ]);
    expect(lines(rightButRefused).slice(0, 2)).toEqual([
      '✓ Nothing is wrong with the request.',
      '  429: there were too many at a time.',
    ]);
    expect(lines(unanswerable)[0]).toBe('? No operation of Lantern Books API fits this request.');
  });

  it('set sent beside right next, where something is wrong', () => {
    expect(lines(wrongOrder).slice(4, 7)).toEqual([
      '  sent                               │ right',
      '~ POST /v1/shelf/shelf_0042/order    │ POST /v1/orders',
      '- Authorization: Bearer $API_TOKEN   │',
    ]);
    expect(lines(rightButRefused).join('\n')).not.toContain('│');
  });

  it('tell each finding with its evidence and what to do', () => {
    expect(section(lines(wrongOrder), 'What was found').slice(0, 5)).toEqual([
      '✗ unknown-path: There is no POST /v1/shelf/{…}/order.',
      '    document: Place an order (#/paths/~1orders/post)',
      '    reply: 404, without a word of the resource',
      '  → Send it to /v1/orders.',
      '✗ wrong-auth: The key belongs in the header X-Shop-Key.',
    ]);
    expect(section(lines(wrongOrder), 'What was found').at(-1)).toBe(
      '! ignored-field: The operation knows no colour and drops it without a word.',
    );
  });

  it('say how sure it is, why, and how to confirm it', () => {
    expect(section(lines(wrongOrder), 'What it rests on')).toEqual([
      '  POST /v1/orders: Place an order, very likely (94 %)',
      '    for: The last segment “order” is “orders”.',
      '    for: It takes every field that was sent but one.',
      '    against: The path has two segments less.',
      "    to confirm: curl -sS -X OPTIONS 'https://api.lanternbooks.example/v1/orders'",
    ]);
  });

  it('name the alternatives as such, and nothing as the answer where nothing fits', () => {
    expect(section(lines(wrongOrder), 'It could also be')[0]).toBe(
      '  GET /v1/shelves/{shelf_id}: Read a shelf, unlikely (4 %)',
    );
    expect(section(lines(unanswerable), 'Nearest in the document')[0]).toBe(
      '  GET /v1/shelves/{shelf_id}: Read a shelf, unlikely (4 %)',
    );
    expect(lines(unanswerable)).not.toContain('What it rests on');
  });

  it('tell what became of the endpoint', () => {
    expect(section(lines(wrongOrder), 'What became of the endpoint')).toEqual([
      '  Of the documents from 2024-02-01 to 2026-10-01, those from 2024-02-01 to 2025-06-01 have it.',
      '  It has been deprecated since that of 2025-03-01.',
      '  It is gone from that of 2025-09-01 on.',
      '  POST /v1/orders took its place.',
      '  The summaries of the two are the same.',
    ]);
    const history = { oldest: '2024-02-01', newest: '2026-10-01', evidence: [] };
    expect(section(lines({ ...wrongOrder, history }), 'What became of the endpoint')).toEqual([
      '  The endpoint as it was sent is in no document from 2024-02-01 to 2026-10-01.',
    ]);
  });

  it.each([
    ['curl', 'Send this instead (curl)', "  --data-raw '{"],
    ['ts', 'Send this instead (TypeScript, fetch)', "    isbn: '978-0-00-000000-2',"],
    ['python', 'Send this instead (Python, httpx)', '        "isbn": "978-0-00-000000-2",'],
  ] as const)('write the corrected request as %s, to be copied as it stands', (language, title, line) => {
    const all = lines(wrongOrder, { language });
    expect(all).toContain(title);
    expect(all).toContain(line);
    expect(all).toContain('Left out, as the operation does not know it: colour');
  });

  it('say what is known of the fix, and that nothing was checked', () => {
    expect(section(lines(wrongOrder, { proof }), 'What is known of it')).toEqual([
      '✓ Conforms: the corrected request is valid by the document. Not checked, because the value is not in',
      '  it: customer_id.',
      '✓ Sandbox: 404 as it was sent, 200 corrected. With ids of its own. It is a simulation of the',
      '  provider.',
      '· Probed: no, nothing was sent to the provider.',
    ]);
    expect(section(lines(wrongOrder), 'What is known of it')).toEqual([
      '· Not checked. With `--check` the corrected request is checked.',
    ]);
  });

  it('offer no code where there is no corrected request', () => {
    expect(lines(withoutFix).join('\n')).not.toMatch(/Send this instead|What is known of it/);
  });

  it('name the document with its date', () => {
    expect(section(lines(wrongOrder), 'Read in')).toEqual([
      '  Lantern Books API, version 4.2, from the file lantern.yaml, of 2026-10-01',
    ]);
    const wire = [{ title: 'Lantern Books API', origin: { kind: 'wire', name: 'orders' } }] as const;
    expect(section(lines({ ...wrongOrder, documents: wire }), 'Read in')).toEqual([
      '  Lantern Books API, made from Donna’s own schemas, not from the provider: orders',
    ]);
  });

  it('keep what is right already short', () => {
    const value = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`f${index}`, index]));
    const body = { kind: 'json', value: { ...value, colour: 1 } } as const;
    const fix = { holes: [], dropped: [], request: { ...sentOrder, body: { kind: 'json', value } } } as const;
    const all = lines({ ...wrongOrder, findings: [], fieldMap: {}, request: { ...sentOrder, body }, fix });
    expect(all.slice(4, 9)).toEqual([
      '  sent                            │ right',
      '  POST /v1/shelf/shelf_0042/order │ POST /v1/shelf/shelf_0042/order',
      '  … 10 more                       │ as they are',
      '- colour: 1                       │',
      '',
    ]);
  });

  it.each([40, 60, 80, 120])('keep within %s columns, but for what is there to be copied', (width) => {
    for (const explanation of [wrongOrder, withoutFix, rightButRefused, unanswerable]) {
      const all = lines(explanation, { width, proof, language: 'ts' });
      const from = all.findIndex((line) => line.startsWith('Send this instead'));
      const to = all.findIndex((line) => line.startsWith('Left out'));
      const prose = [...all.slice(0, from === -1 ? undefined : from), ...(from === -1 ? [] : all.slice(to))];
      for (const line of prose.filter((one) => !one.startsWith('    to confirm: '))) {
        expect(textWidth(line), line).toBeLessThanOrEqual(width);
      }
    }
  });

  it('let no text of others move the cursor, colour or reverse', () => {
    const bad = '\u001b]0;title\u0007\u001b[2J\u202eevil\n\u009b31m';
    const [finding] = wrongOrder.findings;
    const hostile = JSON.parse(
      JSON.stringify({ ...wrongOrder, findings: [finding] }).replaceAll(
        /"(?:For Ada|red|Place an order|Lantern Books API|isbn_number|colour|customer_id|Order.*?)"/g,
        JSON.stringify(bad),
      ),
    ) as Explanation;
    for (const line of (['curl', 'ts', 'python'] as const).flatMap((language) =>
      lines(hostile, { language }),
    )) {
      for (const mark of ['\u001b', '\u0007', '\u009b', '\u202e', '\n']) expect(line).not.toContain(mark);
    }
  });

  it('say the same in colours and without', () => {
    const sgr = (text: string) => `\u001b[1m${text}\u001b[22m`;
    const coloured = lines(wrongOrder, {
      proof,
      style: { bold: sgr, dim: sgr, good: sgr, warn: sgr, bad: sgr },
    });
    const bare = coloured.map((line) => line.replaceAll('\u001b[1m', '').replaceAll('\u001b[22m', ''));
    expect(bare).toEqual(lines(wrongOrder, { proof }));
  });
});
