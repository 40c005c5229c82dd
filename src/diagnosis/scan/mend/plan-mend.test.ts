// biome-ignore-all lint/suspicious/noTemplateCurlyInString: such text is what is read
import { describe, expect, it } from 'vitest';
import { bakeryDocuments } from '../../../../test/fixtures/open-bakery.ts';
import { explain } from '../../explain.ts';
import { createConcern } from '../concern.ts';
import { mendedFiles } from '../mended-files.ts';
import { openSourceReader } from '../read-source.ts';
import { scanFile } from '../scan-file.ts';
import type { ScannedCall } from '../scan-report.ts';
import { correctedSnippet } from './corrected-snippet.ts';
import { planMend } from './plan-mend.ts';

async function scan(file: string, text: string): Promise<readonly ScannedCall[]> {
  return (await scanned(file, text)).calls;
}

async function scanned(file: string, text: string) {
  const documents = await bakeryDocuments();
  const judge = {
    concern: createConcern(documents),
    explain: (exchange: Parameters<typeof explain>[0]) => explain(exchange, documents),
  };
  const reader = await openSourceReader(file.split('.').at(-1) ?? '');
  const mending = async () => ({ planMend, snippet: correctedSnippet });
  return scanFile(file, text, reader, judge, mending);
}

/** The text after what is certain was mended, or why nothing was. */
async function mended(file: string, text: string): Promise<string> {
  const calls = await scan(file, text);
  const [done] = mendedFiles({
    report: {
      format: 'donna-scan-1',
      folder: '.',
      documents: [],
      files: { read: 1, skipped: [] },
      calls,
      unread: [],
    },
    texts: new Map([[file, text]]),
  });
  const [why] = calls.flatMap(({ mend }) => (mend.kind === 'by-hand' ? [`by hand: ${mend.why}`] : []));
  return done?.after ?? why ?? 'nothing is wrong';
}

const shop = 'https://api.marlowfinch.example/v2';
const key = "headers: { 'X-Shop-Key': key, 'Content-Type': 'application/json' }";
const order = (url: string, body: string, method = "'POST'") =>
  `fetch(${url}, { method: ${method}, ${key}, body: JSON.stringify(${body}) });\n`;

describe('a path', () => {
  it('is mended inside a literal, a template and a concatenation', async () => {
    const body = '{ pickup_at: at }';
    const patch = (url: string) => order(url, body, "'PATCH'");
    const urls: [string, string][] = [
      [`'${shop}/order/order_7f3k2'`, `'${shop}/orders/order_7f3k2'`],
      [`\`${shop}/order/\${id}\``, `\`${shop}/orders/\${id}\``],
      [`'${shop}/order/' + id`, `'${shop}/orders/' + id`],
    ];
    for (const [before, after] of urls) expect(await mended('a.ts', patch(before))).toBe(patch(after));
  });

  it('is not mended where its text is put together elsewhere', async () => {
    const source = `const word = 'order';\nlog(word);\n${order(`\`${shop}/\${word}\``, '{ loaf_id: a, quantity: 1, customer: { name } }')}`;
    expect(await mended('a.ts', source)).toBe('by hand: other places use the same definition');
  });

  it('is mended in Python behind a constant, and in str.format', async () => {
    const source = (path: string) =>
      `import requests\nROOT = "${shop}"\nrequests.patch("{}/${path}/{}".format(ROOT, order_id), headers={"X-Shop-Key": key}, json={"note": "late"})\n`;
    expect(await mended('a.py', source('order'))).toBe(source('orders'));
  });
});

describe('the names of fields', () => {
  it('are mended in the quotes that they have, and where only the name of a variable stands', async () => {
    const body = (loaf: string) => `{ ${loaf}, quantity: 2, customer: { name } }`;
    const url = `'${shop}/orders'`;
    expect(await mended('a.js', order(url, body("'loafId': id")))).toBe(order(url, body("'loaf_id': id")));
    expect(await mended('a.js', order(url, body('loafId')))).toBe(order(url, body('loaf_id: loafId')));
  });

  it('are mended in the object that a variable holds, if nothing else uses it', async () => {
    const call = `fetch('${shop}/orders', { method: 'POST', ${key}, body: JSON.stringify(order) });\n`;
    const source = (loaf: string) =>
      `const order = { ${loaf}: id, quantity: 2, customer: { name } };\n${call}`;
    expect(await mended('a.js', source('loafId'))).toBe(source('loaf_id'));
    expect(await mended('a.js', `${source('loafId')}save(order);\n`)).toBe(
      'by hand: other places use the same definition',
    );
  });

  it('are not mended where something is spread into the object', async () => {
    const source = order(`'${shop}/orders'`, '{ ...rest, loafId: id, quantity: 2, customer: { name } }');
    expect(await mended('a.js', source)).toBe('by hand: more may be sent than is written here');
  });
});

describe('fields at the wrong place', () => {
  it('are nested where they stand, in the way in which the object is written', async () => {
    const source = (customer: string) =>
      order(`'${shop}/orders'`, `{\n    loaf_id: id,\n    quantity: 2,\n${customer}\n  }`);
    expect(await mended('a.ts', source('    customer_name: name,'))).toBe(
      source('    customer: {\n      name,\n    },'),
    );
  });

  it('go into the object that is there already', async () => {
    const body = (order_: string) => order(`'${shop}/orders'`, order_);
    expect(
      await mended('a.ts', body('{ loaf_id: id, quantity: 2, customer: { name }, phone_number: phone }')),
    ).toBe(body('{ loaf_id: id, quantity: 2, customer: { name, phone_number: phone } }'));
  });
});

describe('values', () => {
  it('are mended where a listed one is misspelt, or a number is written as text', async () => {
    const cancel = (reason: string) =>
      `import requests\nrequests.put(f"${shop}/orders/{order_id}/cancellation", headers={"X-Shop-Key": key}, json={"reason": ${reason}})\n`;
    expect(await mended('a.py', cancel("'sold-out'"))).toBe(cancel("'sold_out'"));
    const body = (quantity: string) =>
      order(`'${shop}/orders'`, `{ loaf_id: id, quantity: ${quantity}, customer: { name } }`);
    expect(await mended('a.ts', body("'2'"))).toBe(body('2'));
  });

  it('that come from an expression are never found wrong', async () => {
    const source = order(
      `'${shop}/orders'`,
      '{ loaf_id: id, quantity: count, customer: whom, note: `for ${name}` }',
    );
    expect(await mended('a.ts', source)).toBe('nothing is wrong');
  });
});

describe('a curl command', () => {
  const curl = (path: string, body: string) =>
    `curl -X POST "${shop}${path}" \\\n  -H "X-Shop-Key: $KEY" -H 'Content-Type: application/json' \\\n  -d '${body}'\n`;

  it('is mended in its path and in the JSON between single quotes', async () => {
    const before = curl('/order', '{"loafId": "loaf_rye_01", "quantity": 2, "customer": {"name": "Ada"}}');
    const after = curl('/orders', '{"loaf_id": "loaf_rye_01", "quantity": 2, "customer": {"name": "Ada"}}');
    expect(await mended('a.sh', before)).toBe(after);
    expect(await mended('a.md', `Text\n\n\`\`\`sh\n${before}\`\`\`\n`)).toBe(
      `Text\n\n\`\`\`sh\n${after}\`\`\`\n`,
    );
  });

  it('is left to a person where the shell puts the body together', async () => {
    const source = curl('/orders', `{"loafId": "'"$LOAF"'", "quantity": 2, "customer": {"name": "Ada"}}`);
    expect(await mended('a.sh', source)).toMatch(/^by hand: /);
  });
});

describe('a call that a document of a part of the API does not have', () => {
  it('is not judged', async () => {
    const source =
      "fetch(`https://api.elevenlabs.io/v1/convai/agents/${id}`, { method: 'DELETE', headers: { 'xi-api-key': key } });\n";
    const { calls, unread } = await scanned('a.ts', source);
    expect(calls).toEqual([]);
    expect(unread.map(({ why }) => why)).toEqual([expect.stringMatching(/^DELETE .* may be right\.$/)]);
  });
});

describe('a question to the server itself', () => {
  it('is no call of an operation', async () => {
    expect(
      await scan('a.sh', `curl -I ${shop}/orders/order_7f3k2\ncurl -X OPTIONS ${shop}/orders\n`),
    ).toEqual([]);
  });
});

describe('what is left to a person', () => {
  it('is told with the right request, in the expressions of the source', async () => {
    const [call] = await scan('a.ts', order(`'${shop}/orders'`, '{ loaf_id: loaf.id, customer: { name } }'));
    expect(call?.mend).toEqual({
      kind: 'by-hand',
      why: 'only you know quantity',
      snippet: [
        `POST ${shop}/orders`,
        '{',
        '  "loaf_id": loaf.id,',
        '  "customer": {',
        '    "name": name',
        '  },',
        '  "quantity": "<quantity>"',
        '}',
      ],
    });
  });
});
