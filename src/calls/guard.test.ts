import { getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, it } from 'vitest';
import { numberFacts } from '../../test/fixtures/calls.ts';
import type { PhoneNumberFacts } from '../kernel/phone-number.ts';
import { type GuardSettings, guardDial } from './guard.ts';

const usLine = { number: '+12125550100', country: 'US' };
const open: GuardSettings = { countries: undefined, blocked: [] };
const everywhere: GuardSettings = {
  countries: ['US', 'GB', 'DE', 'FR', 'JM', 'CA', 'BS', 'NU'],
  blocked: [],
};
const refusal = (
  to: string | PhoneNumberFacts,
  settings = open,
  line: { number: string; country: string | undefined } = usLine,
) => guardDial(typeof to === 'string' ? numberFacts(to) : to, line, settings);

/** Facts as the parser would give them, for numbers that the parser itself turns away. */
const rawFacts = (number: string, callingCode: string, country?: string): PhoneNumberFacts => ({
  number: number as PhoneNumberFacts['number'],
  country,
  callingCode,
  type: undefined,
  valid: false,
});

// Numbers outside 555-01xx are the examples that libphonenumber gives for a kind of number: nobody's.
describe('guardDial', () => {
  it('lets an ordinary number of the line’s own country through', () => {
    expect(refusal('+12125550142')).toBeUndefined();
  });

  it('lets a number of free calls through', () => {
    expect(refusal('+18005550142')).toBeUndefined();
  });

  it.each([
    ['premium rate in the US', '+19005550142'],
    ['premium rate in Germany', '+499001234567'],
    ['premium rate in Great Britain', '+448431234567'],
    ['international premium rate', '+979123456789'],
    ['international shared cost', '+80812345678'],
  ])('refuses %s, wherever calls are allowed', (_, number) => {
    expect(refusal(number, everywhere)).toMatchObject({ rule: 'kind-of-number' });
  });

  it('refuses shared-cost numbers and pagers by their kind', () => {
    for (const type of ['SHARED_COST', 'PAGER'] as const) {
      expect(refusal({ ...numberFacts('+12125550142'), type }, everywhere)).toMatchObject({
        rule: 'kind-of-number',
      });
    }
  });

  it.each(['+870773111632', '+881612345678', '+882161234567', '+80012345678'])(
    'refuses satellite phones and global services (%s) and says what they are',
    (number) => {
      const refused = refusal(number, everywhere);
      expect(refused).toMatchObject({ rule: 'kind-of-number' });
      expect(refused?.sentence).toContain('no country');
    },
  );

  it.each([
    ['+1911', '1', undefined],
    ['+44999', '44', undefined],
    ['+49110', '49', 'DE'],
    ['+33116000', '33', 'FR'],
  ])('refuses the emergency and short number %s', (number, callingCode, country) => {
    expect(refusal(rawFacts(number, callingCode, country), everywhere)?.sentence).toContain('short');
  });

  it.each(['+49116117', '+4911833'])('refuses %s, which the parser takes for possible', (number) => {
    expect(refusal(number, everywhere)?.sentence).toContain('short');
  });

  it('lets a whole number through where the plan has four digits', () => {
    const niue = getExampleNumber('NU', examples)?.number ?? '';
    expect(refusal(niue, everywhere)).toBeUndefined();
  });

  it('refuses the Caribbean from a US line although it shares +1, and names the setting', () => {
    const refused = refusal('+18765550142');
    expect(refused).toMatchObject({ rule: 'country', fix: expect.stringContaining('DONNA_COUNTRIES=US,JM') });
    expect(refused?.sentence).toContain("the line's own country");
    expect(refusal('+18765550142', everywhere)).toBeUndefined();
  });

  it('refuses a +1 number of no country, and does not call it a satellite phone', () => {
    const refused = refusal('+15555550142', everywhere);
    expect(refused).toMatchObject({ rule: 'country' });
    expect(refused?.sentence).not.toContain('satellite');
  });

  it('goes by DONNA_COUNTRIES alone where it is set', () => {
    const onlyBritain: GuardSettings = { countries: ['GB'], blocked: [] };
    expect(refusal('+442079460018', onlyBritain)).toBeUndefined();
    expect(refusal('+12125550142', onlyBritain)).toMatchObject({ rule: 'country' });
  });

  it('refuses every country when the line’s own is not known', () => {
    const sipLine = { number: '1001', country: undefined };
    expect(refusal('+12125550142', open, sipLine)?.sentence).toContain('no country');
  });

  it('refuses a blocked number before anything else', () => {
    const blocked: GuardSettings = { countries: ['US'], blocked: ['+12125550142'] };
    expect(refusal('+12125550142', blocked)).toMatchObject({ rule: 'blocked-number' });
  });

  it('refuses the line’s own number, however the line writes it', () => {
    expect(refusal('+12125550100', open, { number: '+1 (212) 555-0100', country: 'US' })).toMatchObject({
      rule: 'own-number',
    });
  });
});
