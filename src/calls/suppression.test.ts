import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { numberFacts } from '../../test/fixtures/calls.ts';
import { isInForce, numberHash, type Suppression } from './suppression.ts';

const { number } = numberFacts('+1 (212) 555-0142');

describe('numberHash', () => {
  it('is HMAC-SHA256 of the number in E.164', () => {
    const expected = createHmac('sha256', 'a secret').update('+12125550142').digest('hex');
    expect(numberHash('a secret', number)).toBe(expected);
    expect(expected).toMatch(/^[0-9a-f]{64}$/);
  });

  it('differs with the secret and with the number', () => {
    const others = [
      numberHash('another secret', number),
      numberHash('a secret', numberFacts('+12125550143').number),
    ];
    expect(others).not.toContain(numberHash('a secret', number));
  });

  it('does not hash without a secret', () => {
    expect(() => numberHash('', number)).toThrow('secret');
  });
});

describe('isInForce', () => {
  const suppression: Suppression = {
    hash: numberHash('a secret', number),
    masked: '+12•••••••42',
    reason: 'manual',
    note: '',
    addedAt: new Date(0),
    addedBy: 'Ada',
  };

  it('lasts for ever without an end', () => {
    expect(isInForce(suppression, Number.MAX_SAFE_INTEGER)).toBe(true);
  });

  it('is over with its end', () => {
    const expiring = { ...suppression, expiresAt: new Date(1000) };
    expect([999, 1000].map((now) => isInForce(expiring, now))).toEqual([true, false]);
  });

  it('stays where the end or the time is not known', () => {
    expect(isInForce({ ...suppression, expiresAt: new Date(Number.NaN) }, 5000)).toBe(true);
    expect(isInForce({ ...suppression, expiresAt: new Date(1000) }, Number.NaN)).toBe(true);
  });
});
