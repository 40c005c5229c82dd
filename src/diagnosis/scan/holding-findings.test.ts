import { describe, expect, it } from 'vitest';
import { bakeryDocuments } from '../../../test/fixtures/open-bakery.ts';
import type { SentRequest } from '../exchange/exchange.ts';
import { explain } from '../explain.ts';
import { holdingFindings, type OpenParts } from './holding-findings.ts';

const documents = await bakeryDocuments();
const closed: OpenParts = { baseUnknown: false, headers: false, query: false, body: false };

function rules(change: Partial<SentRequest>, open: Partial<OpenParts> = {}): string[] {
  const request: SentRequest = {
    method: 'POST',
    scheme: 'https',
    host: 'api.marlowfinch.example',
    path: '/v2/orders',
    query: [],
    headers: [['X-Shop-Key', 'key']],
    contentType: 'application/json',
    body: { kind: 'json', value: { loaf_id: 'loaf_rye_01', quantity: 1, customer: { name: 'Ada' } } },
    ...change,
  };
  return holdingFindings(explain({ request }, documents), { ...closed, ...open }).map(({ rule }) => rule);
}

describe('a finding about a part that the source leaves open', () => {
  it('is left out where more fields may be sent', () => {
    const body = { kind: 'json', value: { quantity: 1, customer: { name: 'Ada' } } } as const;
    expect(rules({ body })).toEqual(['missing-required']);
    expect(rules({ body }, { body: true })).toEqual([]);
  });

  it('is left out where more headers may be sent', () => {
    expect(rules({ headers: [] })).toEqual(['missing-auth']);
    expect(rules({ headers: [] }, { headers: true })).toEqual([]);
  });

  it('is left out where a key is a placeholder', () => {
    expect(rules({ headers: [['X-Shop-Key', 'undefined']] })).toEqual(['wrong-auth']);
    expect(rules({ headers: [['X-Shop-Key', 'YOUR_SHOP_KEY']] })).toEqual([]);
  });

  it('is left out where the value comes from an expression', () => {
    const ordered = (quantity: unknown) => ({
      body: {
        kind: 'json' as const,
        value: { loaf_id: 'loaf_rye_01', quantity, customer: { name: 'Ada' } },
      },
    });
    expect(rules(ordered('many'))).toEqual(['wrong-type']);
    expect(rules(ordered('<count>'))).toEqual([]);
  });

  it('is left out where a body that is not written may bring its own type', () => {
    const body = { kind: 'unread', why: 'it is not written in this file' } as const;
    expect(rules({ body, contentType: undefined })).toEqual([]);
  });
});
