import { describe, expect, it } from 'vitest';
import { rightButRefused, sentOrder, unanswerable, wrongOrder } from '../../../test/fixtures/explanations.ts';
import type { Explanation } from '../explanation.ts';
import { differences } from './differences.ts';

const shown = (explanation: Explanation) =>
  differences(explanation).map(({ change, sent, right }) => [change, sent, right]);

const withBodies = (sent: unknown, right: unknown, fieldMap: Explanation['fieldMap'] = {}): Explanation => ({
  ...wrongOrder,
  findings: [],
  fieldMap,
  request: { ...sentOrder, body: { kind: 'json', value: sent } },
  fix: { holes: [], dropped: [], request: { ...sentOrder, body: { kind: 'json', value: right } } },
});

const fields = (explanation: Explanation) =>
  differences(explanation)
    .filter(({ what }) => what === 'field')
    .map(({ change, sent, right }) => [change, sent, right])
    .filter(([, sent]) => sent !== '?notify=yes');

describe('differences', () => {
  it('stand in the order of a request, each with both sides', () => {
    expect(shown(wrongOrder)).toEqual([
      ['changed', 'POST /v1/shelf/shelf_0042/order', 'POST /v1/orders'],
      ['removed', 'Authorization: Bearer $API_TOKEN', undefined],
      ['added', undefined, 'X-Shop-Key: $X_SHOP_KEY'],
      ['changed', 'shelf_id in the path: "shelf_0042"', 'shelf_id: "shelf_0042"'],
      ['same', '?notify=yes', '?notify=yes'],
      ['changed', 'isbn_number: "978-0-00-000000-2"', 'isbn: "978-0-00-000000-2"'],
      ['changed', 'quantity: "two"', 'quantity: integer'],
      ['changed', 'gift_note: "For Ada"', 'extras.gift_note: "For Ada"'],
      ['removed', 'colour: "red"', undefined],
      ['added', undefined, 'customer_id: "<customer_id>"'],
    ]);
  });

  it('carry the findings about them, each finding once or more', () => {
    const rules = differences(wrongOrder).map(({ findings }) => findings.map(({ rule }) => rule).join());
    expect(rules).toEqual([
      'unknown-path',
      'wrong-auth',
      'wrong-auth',
      'misplaced-parameter',
      '',
      'renamed-field',
      'wrong-type',
      '',
      'ignored-field',
      'missing-required',
    ]);
  });

  it('name the host, the content type and a body that is no JSON', () => {
    const request = {
      ...sentOrder,
      host: 'lanternbooks.example',
      contentType: 'text/plain',
      body: { kind: 'text', text: "{'a': 1}", problem: 'single quotes' },
    } as const;
    const rows = shown({ ...wrongOrder, request, findings: [], fieldMap: {} });
    expect(rows.slice(1, 3)).toEqual([
      ['changed', 'https://lanternbooks.example', 'https://api.lanternbooks.example'],
      ['changed', 'content-type: text/plain', 'content-type: application/json'],
    ]);
    expect(rows).toContainEqual(['removed', `body: "{'a': 1}" (single quotes)`, undefined]);
  });

  it('say nothing of headers that are not known, and nothing of those that a client adds', () => {
    const request = { ...sentOrder, headers: undefined };
    const heads = differences({ ...wrongOrder, request, findings: [] }).filter(
      ({ what }) => what === 'header',
    );
    expect(heads).toEqual([]);
  });

  it('keep an object whole where it moves whole, and where it is the same', () => {
    const address = { street: 'Elm', town: 'Oslo' };
    expect(
      fields(
        withBodies(
          { address, items: [{ sku: 'a' }] },
          { items: [{ sku: 'a' }], delivery: { address } },
          { address: 'delivery.address' },
        ),
      ),
    ).toEqual([
      [
        'changed',
        'address: {"street":"Elm","town":"Oslo"}',
        'delivery.address: {"street":"Elm","town":"Oslo"}',
      ],
      ['same', 'items: [{"sku":"a"}]', 'items: [{"sku":"a"}]'],
    ]);
  });

  it('keep an object whole where it is left out, or a finding speaks of it', () => {
    const gone = withBodies({ extras: { note: 'x', card: true }, n: 1 }, { n: 1 });
    const dropped = {
      ...gone,
      fix: { holes: [], ...gone.fix, request: gone.fix?.request ?? sentOrder, dropped: ['extras'] },
    };
    expect(fields(dropped)[0]).toEqual(['removed', 'extras: {"note":"x","card":true}', undefined]);
    const [finding] = wrongOrder.findings;
    if (!finding) throw new Error('there is one');
    const where = { part: 'field', place: { in: 'body', steps: ['extras'] } } as const;
    const found = { ...gone, findings: [{ ...finding, where, sent: 'extras', right: '(no such field)' }] };
    expect(fields(found)[0]).toEqual(['removed', 'extras: {"note":"x","card":true}', undefined]);
    expect(differences(found).filter(({ what }) => what === 'other')).toEqual([]);
  });

  it.each([
    ['items[0].sku_no', 'items[0].sku'],
    ['items.0.sku_no', 'items.0.sku'],
  ])('follow a move inside a list, written %s', (from, to) => {
    expect(
      fields(withBodies({ items: [{ sku_no: 'a', n: 1 }] }, { items: [{ sku: 'a', n: 1 }] }, { [from]: to })),
    ).toEqual([
      ['changed', 'items[0].sku_no: "a"', 'items[0].sku: "a"'],
      ['same', 'items[0].n: 1', 'items[0].n: 1'],
    ]);
  });

  it('follow a field that leaves a moved object', () => {
    expect(fields(withBodies({ a: { p: 1, q: 2 } }, { b: { p: 1 }, q: 2 }, { a: 'b', 'a.q': 'q' }))).toEqual([
      ['changed', 'a.p: 1', 'b.p: 1'],
      ['changed', 'a.q: 2', 'q: 2'],
    ]);
  });

  it('show a field that moves into the path, or from the query into the body', () => {
    const explanation = withBodies(
      { shelf_id: 's', n: 1 },
      { n: 1, notify: 'yes' },
      { shelf_id: 'path:shelf_id', 'query:notify': 'notify' },
    );
    expect(
      shown({
        ...explanation,
        fix: { ...wrongOrder.fix, request: { ...(explanation.fix?.request ?? sentOrder), query: [] } },
      }),
    ).toEqual([
      ['same', 'POST /v1/shelf/shelf_0042/order', 'POST /v1/shelf/shelf_0042/order'],
      ['changed', '?notify=yes', 'notify: "yes"'],
      ['changed', 'shelf_id: "s"', 'shelf_id in the path: "s"'],
      ['same', 'n: 1', 'n: 1'],
    ]);
  });

  it('have one row for a header that a finding speaks of', () => {
    const [finding] = wrongOrder.findings;
    if (!finding) throw new Error('there is one');
    const where = { part: 'field', place: { in: 'header', steps: ['x-page'] } } as const;
    const headers = (value: string) => [['X-Page', value]] as const;
    const fix = { holes: [], dropped: [], request: { ...sentOrder, headers: headers('2') } };
    const request = { ...sentOrder, headers: headers('two') };
    const explained = { ...wrongOrder, findings: [{ ...finding, where }], fieldMap: {}, request, fix };
    expect(shown(explained).filter(([, sent]) => sent?.includes('age'))).toEqual([
      ['changed', 'X-Page: two', 'X-Page: 2'],
    ]);
  });

  it('name a value that stays where it is, and what is no field by its words', () => {
    const [finding] = wrongOrder.findings;
    if (!finding) throw new Error('there is one');
    const where = { part: 'field', place: { in: 'path', steps: ['shelf_id'] } } as const;
    const value = { ...finding, where, sent: '"0042"', right: 'shelf_ and four digits' };
    const auth = {
      ...finding,
      where: { part: 'auth' },
      sent: '(nothing)',
      right: 'X-Shop-Key: <key>',
    } as const;
    const fix = { holes: [], dropped: [], request: sentOrder };
    expect(shown({ ...wrongOrder, findings: [value, auth], fieldMap: {}, fix }).slice(-2)).toEqual([
      ['changed', 'shelf_id in the path: "0042"', 'shelf_id in the path: shelf_ and four digits'],
      ['changed', '(nothing)', 'X-Shop-Key: <key>'],
    ]);
  });

  it('show a header that moves into the query, whatever its case', () => {
    const request = { ...sentOrder, headers: [['X-Page', '2']] as const };
    const fix = {
      holes: [],
      dropped: [],
      request: { ...sentOrder, headers: [], query: [['page', '2']] as const },
    };
    const rows = shown({
      ...wrongOrder,
      findings: [],
      fieldMap: { 'header:x-page': 'query:page' },
      request,
      fix,
    });
    expect(rows).toContainEqual(['changed', 'X-Page in the header: "2"', '?page=2']);
  });

  it('tell of a right side where nothing can be corrected', () => {
    const { fix: _fix, ...withoutFix } = wrongOrder;
    expect(shown(withoutFix)[0]).toEqual(['changed', 'POST /v1/shelf/shelf_0042/order', 'POST /v1/orders']);
    expect(shown(withoutFix)).toContainEqual(['added', undefined, 'customer_id: string (uuid)']);
    expect(shown(unanswerable)).toEqual([['removed', 'POST /v1/shelf/shelf_0042/order', undefined]]);
    expect(shown(rightButRefused)).toEqual([['same', 'POST /v1/orders', 'POST /v1/orders']]);
  });

  it('bear names of prototypes, cycles of names, deep and many fields', () => {
    const sent = JSON.parse('{"__proto__":{"constructor":1},"toString":2}');
    expect(fields(withBodies(sent, { toString: 2 }))).toEqual([
      ['removed', '__proto__.constructor: 1', undefined],
      ['same', 'toString: 2', 'toString: 2'],
    ]);
    let deep: unknown = 1;
    for (let level = 0; level < 5000; level += 1) deep = { a: deep };
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`f${index}`, index]));
    expect(differences(withBodies({ deep, ...many }, { deep: { a: 1 } })).length).toBeLessThanOrEqual(200);
  });
});
