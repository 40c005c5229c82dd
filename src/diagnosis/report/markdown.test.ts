import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rightButRefused, unanswerable, wrongOrder } from '../../../test/fixtures/explanations.ts';
import type { Explanation } from '../explanation.ts';
import type { Proof } from '../proof.ts';
import { markdownPage } from './markdown.ts';

const proof: Proof = {
  conforms: { ok: true, issues: [], unchecked: ['customer_id'] },
  sandbox: { before: 404, after: 200, what: 'With ids of its own.' },
};

/** The page in blocks of code and other lines. */
function read(page: string) {
  const prose: string[] = [];
  const blocks: { language: string; lines: string[] }[] = [];
  let fence = '';
  for (const line of page.split('\n')) {
    const [, marks = '', language = ''] = /^(`{3,})(\w*)$/.exec(line) ?? [];
    if (fence !== '') {
      if (line === fence) fence = '';
      else blocks.at(-1)?.lines.push(line);
    } else if (marks === '') {
      prose.push(line);
    } else {
      fence = marks;
      blocks.push({ language, lines: [] });
    }
  }
  expect(fence).toBe('');
  return { prose, blocks, headings: prose.filter((line) => line.startsWith('#')) };
}

/** The lines of a section, without its heading and empty lines. */
function section(page: string, heading: string): string[] {
  const { prose } = read(page);
  const from = prose.indexOf(heading);
  expect(from, heading).toBeGreaterThan(-1);
  const to = prose.findIndex((line, index) => index > from && /^##? /.test(line));
  return prose.slice(from + 1, to === -1 ? undefined : to).filter((line) => line !== '');
}

const page = markdownPage(wrongOrder, proof);

describe('the root cause document', () => {
  it('has its parts in the order in which they are asked for', () => {
    expect(read(page).headings).toEqual([
      '# Root cause: `POST /v1/shelf/shelf_0042/order` answers 404',
      '## Summary',
      '## Steps, and what each showed',
      '### 1. The request as it was sent',
      '### 2. The operation that was meant',
      '### 3. The endpoint in dated documents',
      '### 4. The request against `POST /v1/orders`',
      '## The fix',
      '### curl',
      '### TypeScript, fetch',
      '### Python, httpx',
      '## Key differences',
      '## Parameters of `POST /v1/orders`',
      '### Required',
      '### Optional',
      '## How to verify',
      '## What is not certain',
      '## Documents',
    ]);
  });

  it('sums up problem, cause and solution', () => {
    const summary = section(page, '## Summary');
    expect(summary[0]).toBe(
      '- **Problem**: `POST https://api.lanternbooks.example/v1/shelf/shelf_0042/order?notify=yes` answers `404 {"detail":"Not Found"}`.',
    );
    expect(summary[1]).toBe(
      '- **Cause**: POST /v1/shelf/shelf\\_0042/order does not exist, and six parts of the request are wrong besides.',
    );
    expect(summary).toContain('  - `isbn_number` is called `isbn`.');
    expect(summary.at(-1)).toBe(
      '- **Solution**: Meant is POST /v1/orders (Place an order). Send the corrected request below, with your customer\\_id. See [the fix](#the-fix).',
    );
  });

  it('tells no cause twice', () => {
    const [first = ''] = wrongOrder.findings.map(({ message }) => message);
    const summary = section(
      markdownPage({ ...wrongOrder, answer: [`${first} (7 differences in all)`] }),
      '## Summary',
    );
    expect(summary.filter((line) => line.includes('There is no POST'))).toHaveLength(1);
    expect(summary.at(-1)).toBe('- **Solution**: `POST /v1/orders`. See [the fix](#the-fix).');
  });

  it('shows the request before and after, and as code in three languages', () => {
    expect(read(page).blocks.map(({ language }) => language)).toEqual([
      'http',
      'http',
      'http',
      'sh',
      'ts',
      'python',
      'sh',
    ]);
    expect(read(page).blocks[2]?.lines.slice(0, 6)).toEqual([
      'POST https://api.lanternbooks.example/v1/orders?notify=yes',
      'content-type: application/json',
      'X-Shop-Key: $X_SHOP_KEY',
      'User-Agent: order-script/1',
      '',
      '{',
    ]);
    expect(page).toContain(
      '- `<customer_id>`: Who pays, a string (uuid), for example `6f1c2f7e-0000-4000-8000-000000000001`',
    );
    expect(page).toContain('Left out, as the operation does not know it: `colour`.');
  });

  it('lists the key differences with old, new and notes', () => {
    expect(section(page, '## Key differences')).toEqual([
      '| what | old | new | notes |',
      '|---|---|---|---|',
      '| endpoint | `POST /v1/shelf/shelf_0042/order` | `POST /v1/orders` | There is no POST /v1/shelf/{…}/order. (unknown-path) |',
      '| header | `Authorization: Bearer $API_TOKEN` |  | The key belongs in the header X-Shop-Key. (wrong-auth) |',
      '| header |  | `X-Shop-Key: $X_SHOP_KEY` | The key belongs in the header X-Shop-Key. (wrong-auth) |',
      '| field | `shelf_id in the path: "shelf_0042"` | `shelf_id: "shelf_0042"` | The id of the shelf belongs in the body. (misplaced-parameter) |',
      '| field | `isbn_number: "978-0-00-000000-2"` | `isbn: "978-0-00-000000-2"` | `isbn_number` is called `isbn`. (renamed-field) |',
      '| field | `quantity: "two"` | `quantity: integer` | quantity is text where a whole number is due. (wrong-type) |',
      '| field | `gift_note: "For Ada"` | `extras.gift_note: "For Ada"` | changed |',
      '| field | `colour: "red"` |  | The operation knows no colour and drops it without a word. (ignored-field) |',
      '| field |  | `customer_id: "<customer_id>"` | `customer_id` is required and missing. (missing-required) |',
    ]);
  });

  it('lists the parameters of the right operation, a pipe in them and all', () => {
    expect(section(page, '## Parameters of `POST /v1/orders`')).toEqual([
      'Place an order.',
      '### Required',
      '| name | type | meaning |',
      '|---|---|---|',
      '| `shelf_id` | string | The shelf \\| the book is on. |',
      '| `isbn` | string |  |',
      '| `customer_id` | string (uuid) | Who pays. |',
      '### Optional',
      '| name | type | meaning |',
      '|---|---|---|',
      '| `quantity` | integer |  |',
      '| `extras.gift_note` | string | Printed on a card. |',
    ]);
  });

  it('says how to verify, what is known of the fix, and what is not certain', () => {
    expect(section(page, '## How to verify')).toEqual([
      'This changes nothing at the provider:',
      'What is known of the fix so far:',
      '- ✓ Conforms: the corrected request is valid by the document. Not checked, because the value is not in it: customer\\_id.',
      '- ✓ Sandbox: 404 as it was sent, 200 corrected. With ids of its own. It is a simulation of the provider.',
      '- · Probed: no, nothing was sent to the provider.',
    ]);
    expect(section(page, '## What is not certain')).toEqual([
      'That `POST /v1/orders` was meant is very likely (94 %). Against it: The path has two segments less.',
      'It could also be:',
      '- `GET /v1/shelves/{shelf_id}` (Read a shelf): unlikely (4 %). Against it: It takes no body.',
    ]);
    expect(section(page, '## Documents')).toEqual([
      '- Lantern Books API, version 4.2, from the file lantern.yaml, of 2026-10-01',
    ]);
  });

  it('claims no check that was not done', () => {
    expect(markdownPage(wrongOrder)).toContain(
      '- · Not checked. With `--check` the corrected request is checked.',
    );
  });

  it('offers no fix for a request that is right', () => {
    const right = markdownPage(rightButRefused);
    expect(read(right).headings).toEqual([
      '# `POST /v1/orders` answers 429: nothing is wrong with the request',
      '## Summary',
      '## Steps, and what each showed',
      '### 1. The request as it was sent',
      '### 2. The operation of the request',
      '### 3. The request against `POST /v1/orders`',
      '## Parameters of `POST /v1/orders`',
      '### Required',
      '### Optional',
      '## How to verify',
      '## What is not certain',
      '## Documents',
    ]);
    expect(section(right, '## Summary').slice(1)).toEqual([
      '- **Cause**: Nothing is wrong with the request. 429: there were too many at a time.',
      '- **Solution**: Wait 20 s.',
    ]);
  });

  it('guesses nothing where nothing fits', () => {
    const none = markdownPage({ ...unanswerable, alternatives: [] });
    expect(none).not.toMatch(/Solution|Required|How to verify/);
    expect(section(none, '## What is not certain')).toEqual([
      'Nothing in the document fits the request, so nothing is guessed.',
    ]);
    expect(section(markdownPage(unanswerable), '## What is not certain').slice(0, 2)).toEqual([
      'No operation fits well enough to be named as the right one.',
      'The nearest are:',
    ]);
  });
});

const parts = fc.constantFrom(
  '|',
  '\\|',
  '`',
  '```',
  '\n```\n',
  '\n# x\n',
  '\n---\n',
  '<script>',
  '</table>',
  '[a](https://evil.example)',
  '![a](b)',
  '**',
  '__',
  '@team',
  'www.evil.example',
  '\u001b[31m',
  '\u202e',
  '\n| a | b |\n',
  '&lt;',
  '$',
  "'",
  '"',
  '\\',
  'plain',
  ' ',
);
const hostile = fc.array(parts, { minLength: 1, maxLength: 6 }).map((list) => list.join(''));

/** A copy in which every text of others is replaced: values, names of fields, summaries, messages. */
function poisoned(explanation: Explanation, texts: readonly string[]): Explanation {
  let next = 0;
  const fixed = new Set([
    'format',
    'verdict',
    'kind',
    'severity',
    'source',
    'part',
    'in',
    'encoding',
    'scheme',
    'method',
    'oldest',
    'newest',
  ]);
  const visit = (value: unknown, name: string): unknown => {
    if (typeof value === 'string' && !fixed.has(name)) return texts[next++ % texts.length] ?? '';
    if (Array.isArray(value)) return value.map((entry) => visit(entry, name));
    if (typeof value !== 'object' || value === null) return value;
    const own = name === 'value' || name === 'fieldMap';
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [
        own ? `${key}${texts[next++ % texts.length]}` : key,
        visit(entry, key),
      ]),
    );
  };
  return visit(explanation, '') as Explanation;
}

it('keeps its shape whatever names, values and descriptions hold', () => {
  const ours = new Set(['[the fix](#the-fix)']);
  fc.assert(
    fc.property(fc.array(hostile, { minLength: 1, maxLength: 5 }), (texts) => {
      const { prose, blocks, headings } = read(markdownPage(poisoned(wrongOrder, texts), proof));
      expect(headings.map((line) => line.replace(/`+.*`+/, '…'))).toEqual(
        read(page).headings.map((line) => line.replace(/`+.*`+/, '…')),
      );
      expect(blocks.map(({ language }) => language)).toEqual([
        'http',
        'http',
        'http',
        'sh',
        'ts',
        'python',
        'sh',
      ]);
      for (const line of prose) {
        // As a reader takes it: escapes first, then code, which is as long as its fence.
        const bare = line.replace(/\\[!-/:-@[-`{-~]|(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, '');
        for (const [link] of bare.matchAll(/!?\[[^\]]*\]\([^)]*\)/g)) expect(ours).toContain(link);
        expect(bare).not.toMatch(/<|https?:\/\/|www\.|@team|&lt;/);
        for (const mark of ['\u001b', '\u202e']) expect(line).not.toContain(mark);
        if (line.startsWith('|')) {
          const cells = line.replace(/\\./g, '').split('|').length - 2;
          expect([3, 4]).toContain(cells);
        }
      }
    }),
    { numRuns: 60 },
  );
});
