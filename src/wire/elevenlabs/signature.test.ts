import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signElevenLabs, verifyElevenLabs } from './signature.ts';

const rawBody = '{"type":"post_call_audio"}';
const secret = 'wsec_test';
const nowSecs = 1_700_000_000;
const nowMs = nowSecs * 1000;
const header = signElevenLabs(rawBody, secret, nowSecs);
const hash = header.split('v0=')[1] ?? '';

function verdict(given: Partial<Parameters<typeof verifyElevenLabs>[0]>): string {
  const found = verifyElevenLabs({ rawBody, header, secret, nowMs, ...given });
  return found.kind === 'valid' ? `valid at ${found.timestamp}` : found.why;
}

describe('a signature of ElevenLabs', () => {
  it('is valid for the bytes that were signed, as text or as bytes', () => {
    expect(verdict({})).toBe(`valid at ${nowSecs}`);
    expect(verdict({ rawBody: new TextEncoder().encode(rawBody) })).toBe(`valid at ${nowSecs}`);
    expect(verdict({ rawBody: `${rawBody} ` })).toBe('mismatch');
  });

  it('holds 30 minutes, into the past and into the future', () => {
    const at = (secs: number) => verdict({ header: signElevenLabs(rawBody, secret, nowSecs + secs) });
    expect([at(-1800), at(-1801)]).toEqual([`valid at ${nowSecs - 1800}`, 'too-old']);
    expect([at(1800), at(1801), at(86_400)]).toEqual([
      `valid at ${nowSecs + 1800}`,
      'in-the-future',
      'in-the-future',
    ]);
    expect(verdict({ toleranceSecs: 10, header: signElevenLabs(rawBody, secret, nowSecs - 11) })).toBe(
      'too-old',
    );
  });

  it.each([
    'soon',
    '',
    '1e9',
    '0x10',
    '-1',
    '1700000000.5',
    ' 1700000000',
    '9'.repeat(13),
    'NaN',
    'Infinity',
  ])('has no time in t=%s', (t) => {
    expect(verdict({ header: `t=${t},v0=${hash}` })).toBe('malformed');
  });

  it.each([
    ['no time', `v0=${hash}`],
    ['no scheme that we know', `t=${nowSecs},v1=${hash}`],
    ['two times', `t=${nowSecs},t=${nowSecs + 1},v0=${hash}`],
    ['two headers that Node has joined', `${header}, ${header}`],
    ['another form', 'Bearer abc'],
  ])('is malformed with %s', (_, given) => {
    expect(verdict({ header: given })).toBe('malformed');
  });

  it.each([
    ['nothing', ''],
    ['half of it', hash.slice(0, 32)],
    ['more than it', `${hash}00`],
    ['no hex', 'z'.repeat(64)],
    ['another', '0'.repeat(64)],
  ])('does not match %s', (_, given) => {
    expect(verdict({ header: `t=${nowSecs},v0=${given}` })).toBe('mismatch');
  });

  it('matches if one of several does, with spaces and schemes that we do not know between', () => {
    expect(verdict({ header: `t=${nowSecs}, v1=abc, v0=${'0'.repeat(64)}, v0=${hash}` })).toBe(
      `valid at ${nowSecs}`,
    );
  });

  it('comes in one header', () => {
    expect(verdict({ header: [header] })).toBe(`valid at ${nowSecs}`);
    expect(verdict({ header: [header, header] })).toBe('several-headers');
    expect([undefined, '', []].map((none) => verdict({ header: none }))).toEqual([
      'no-header',
      'no-header',
      'no-header',
    ]);
  });

  it('is never valid without a secret, even one made without', () => {
    expect(verdict({ secret: '', header: signElevenLabs(rawBody, '', nowSecs) })).toBe('no-secret');
  });

  it('is refused when the clock tells no time', () => {
    expect(verdict({ nowMs: Number.NaN })).toBe('too-old');
  });

  it('is valid for whatever was signed, and for nothing else', () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 64 });
    const key = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(bytes, key, fc.nat(4_000_000_000), fc.nat(), (body, key, atSecs, flipped) => {
        const signed = { header: signElevenLabs(body, key, atSecs), nowMs: atSecs * 1000, secret: key };
        expect(verdict({ ...signed, rawBody: body })).toBe(`valid at ${atSecs}`);
        const changed = body.map((byte, at) => (at === flipped % body.length ? byte ^ 1 : byte));
        expect(verdict({ ...signed, rawBody: changed })).toBe('mismatch');
        expect(verdict({ ...signed, rawBody: body, secret: `${key}.` })).toBe('mismatch');
      }),
    );
  });
});

interface Row {
  readonly name: string;
  readonly now: number;
  readonly header: string;
  readonly rawBody: string;
  readonly secret: string;
  readonly valid: boolean;
}

const vectors = new URL('../../../../shared/vectors/elevenlabs.json', import.meta.url);
const present = existsSync(vectors);
const rows: Row[] = present ? JSON.parse(readFileSync(vectors, 'utf8')).rows : [];

describe.skipIf(!present)(`the official rows${present ? '' : ' (skipped: ../shared is absent)'}`, () => {
  it.each(rows.map((row) => [row.name, row] as const))('give the same verdict: %s', (name, row) => {
    const found = verifyElevenLabs({ ...row, nowMs: row.now * 1000 });
    // The one row where we are stricter than the official client, which looks only at the past.
    const stricter = name.startsWith('future by a day');
    expect(found.kind).toBe(row.valid && !stricter ? 'valid' : 'refused');
    if (stricter) expect(found).toEqual({ kind: 'refused', why: 'in-the-future' });
  });

  it('are all there', () => {
    expect(rows).toHaveLength(13);
  });
});
