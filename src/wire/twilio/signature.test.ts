import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodySha256, type FormParams, signTwilio, verifyTwilio } from './signature.ts';

const token = 'twilio-token';
const url = 'https://donna.example.com/webhooks/twilio?attempt=att_1';
const params = { CallSid: 'CA1', CallStatus: 'busy' };
const header = signTwilio({ url, params, token });

function verdict(given: Partial<Parameters<typeof verifyTwilio>[0]>): string {
  const found = verifyTwilio({ url, params, header, token, ...given });
  return found.kind === 'valid' ? 'valid' : found.why;
}

describe('a signature of Twilio', () => {
  it('covers the URL, each field and the token', () => {
    expect(verdict({})).toBe('valid');
    expect(verdict({ url: `${url}&x=1` })).toBe('mismatch');
    expect(verdict({ params: { ...params, CallStatus: 'completed' } })).toBe('mismatch');
    expect(verdict({ params: { ...params, Extra: '' } })).toBe('mismatch');
    expect(verdict({ token: 'other' })).toBe('mismatch');
  });

  it('does not depend on the order of fields, nor on how often a value came', () => {
    const signed = signTwilio({ url, params: { b: ['2', '1', '2'], a: 'x' }, token });
    expect(verdict({ header: signed, params: { a: 'x', b: ['1', '2'] } })).toBe('valid');
  });

  it('holds with and without the port', () => {
    expect(verdict({ url: url.replace('.com/', '.com:4000/') })).toBe('valid');
    const withPort = signTwilio({ url: url.replace('.com/', '.com:443/'), params, token });
    expect(verdict({ header: withPort })).toBe('valid');
    const literal = 'http://[::1]/hook';
    expect(
      verdict({ url: 'http://[::1]:80/hook', header: signTwilio({ url: literal, params, token }) }),
    ).toBe('valid');
  });

  it('holds when the query was escaped on the way', () => {
    const signed = signTwilio({ url: 'https://donna.example.com/hook?name=O%27Hara%20Ltd', params, token });
    expect(verdict({ url: "https://donna.example.com/hook?name=O'Hara Ltd", header: signed })).toBe('valid');
    const legacy = signTwilio({ url: 'https://donna.example.com/hook?name=a%20b', params, token });
    expect(verdict({ url: 'https://donna.example.com/hook?name=a+b', header: legacy })).toBe('valid');
  });

  it('covers a body that is no form by its hash in the URL', () => {
    const body = '{"a":1}';
    const hashed = `${url}&bodySHA256=${bodySha256(body)}`;
    const signed = signTwilio({ url: hashed, token });
    const found = (given: object) => verdict({ url: hashed, header: signed, params: {}, body, ...given });
    expect(found({})).toBe('valid');
    expect(found({ body: new TextEncoder().encode(body) })).toBe('valid');
    expect(found({ body: '{"a":2}' })).toBe('body-changed');
    expect(verdict({ url, header: signTwilio({ url, token }), params: {}, body })).toBe('body-changed');
  });

  it('comes in one header, and is never valid without a token', () => {
    expect(verdict({ header: [header] })).toBe('valid');
    expect(verdict({ header: [header, header] })).toBe('several-headers');
    expect([undefined, '', []].map((none) => verdict({ header: none }))).toEqual([
      'no-header',
      'no-header',
      'no-header',
    ]);
    expect(verdict({ token: '', header: signTwilio({ url, params, token: '' }) })).toBe('no-token');
  });

  it('is refused for a URL that is none', () => {
    expect(verdict({ url: '/webhooks/twilio' })).toBe('malformed-url');
  });

  it('is valid for whatever was signed, and with no other token', () => {
    const fields = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.array(fc.string())));
    fc.assert(
      fc.property(
        fc.webUrl({ withQueryParameters: true }),
        fields,
        fc.string({ minLength: 1 }),
        (url, params, token) => {
          const header = signTwilio({ url: withoutPort(url), params, token });
          expect(verifyTwilio({ url, params, header, token })).toEqual({ kind: 'valid' });
          expect(verifyTwilio({ url, params, header, token: `${token}.` }).kind).toBe('refused');
        },
      ),
    );
  });
});

function withoutPort(url: string): string {
  return url.replace(/^(https?:\/\/[^/?#:]*):\d+/, '$1');
}

interface Row {
  readonly name: string;
  readonly token: string;
  readonly signature: string | null;
  readonly url: string;
  readonly params?: FormParams;
  readonly body?: string;
  readonly valid: boolean;
}

const vectors = new URL('../../../../shared/vectors/twilio.json', import.meta.url);
const present = existsSync(vectors);
const file = present ? JSON.parse(readFileSync(vectors, 'utf8')) : { form: [], body: [] };
const rows: Row[] = [...file.form, ...file.body];

describe.skipIf(!present)(`the official rows${present ? '' : ' (skipped: ../shared is absent)'}`, () => {
  it.each(rows.map((row) => [row.name, row] as const))('give the same verdict: %s', (_, row) => {
    const { signature, valid, name: _name, ...request } = row;
    expect(verifyTwilio({ ...request, header: signature ?? undefined }).kind).toBe(
      valid ? 'valid' : 'refused',
    );
  });

  it('are all there', () => {
    expect(rows).toHaveLength(22);
  });
});
