import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCountry, parsePhoneNumber } from './phone-number.ts';

const facts = (text: string) => {
  const parsed = parsePhoneNumber(text);
  return parsed.kind === 'number' ? parsed.facts : parsed.why;
};

describe('parsePhoneNumber', () => {
  it.each(['+12125550142', '+1 212 555 0142', '+1 (212) 555-0142', ' +1.212.555.0142 '])(
    'reads %j',
    (text) => {
      expect(facts(text)).toMatchObject({
        number: '+12125550142',
        country: 'US',
        callingCode: '1',
        valid: true,
      });
    },
  );

  it.each([
    ['', 'country code'],
    ['12125550142', 'country code'],
    ['tel:+12125550142', 'country code'],
    ['+1212555014a', 'digits'],
    ['+12125550142 ext. 5', 'digits'],
    ['+12125550142;ext=5', 'digits'],
    ['+1212555', 'digits'],
    ['+1911', 'digits'],
    ['+44999', 'digits'],
    [`+${'9'.repeat(60)}`, 'characters long'],
    ['+00012125550142', ''],
  ])('refuses %j', (text, why) => {
    expect(parsePhoneNumber(text)).toMatchObject({
      kind: 'not-a-number',
      why: expect.stringContaining(why),
    });
  });

  it('knows no country for satellite phones and global services', () => {
    expect(facts('+870773111632')).toMatchObject({ country: undefined, callingCode: '870' });
  });

  it('never throws, and gives E.164 or a reason', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\+[0-9 ().-]{0,30}$/)), (text) => {
        const parsed = parsePhoneNumber(text);
        if (parsed.kind === 'number') expect(parsed.facts.number).toMatch(/^\+\d{4,17}$/);
        else expect(parsed.why).not.toBe('');
      }),
    );
  });
});

describe('isCountry', () => {
  it('knows ISO codes, and not what people write instead', () => {
    expect(['US', 'GB', 'JM'].every(isCountry)).toBe(true);
    expect(['UK', 'us', 'XX', '', 'USA', 'constructor'].some(isCountry)).toBe(false);
  });
});
