import { timezones } from 'libphonenumber-geo-carrier';
import {
  type CountryCode,
  getCountries,
  getExampleNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, it } from 'vitest';
import { numberFacts } from '../../test/fixtures/calls.ts';
import { isTimeZone } from './zone-offset.ts';
import { parseZonePrefixes, readZonePrefixes } from './zone-prefixes.ts';
import { createZonesOfNumber, isZoneOfCountry } from './zones-of-number.ts';

const prefixes = await readZonePrefixes();
const zonesOf = createZonesOfNumber(prefixes);
const exampleOf = (country: CountryCode) => getExampleNumber(country, examples)?.number ?? '';
const zonesOfText = (number: string) => zonesOf(numberFacts(number));

// Numbers outside 555-01xx are ranges kept for fiction, and examples that libphonenumber gives for a kind of number.
describe('createZonesOfNumber', () => {
  it.each([
    ['New York', '+12125550142', ['America/New_York']],
    ['Hawaii', '+18085550142', ['Pacific/Honolulu']],
    ['Alaska, whose area code has two zones', '+19075550142', ['America/Adak', 'America/Anchorage']],
    ['Idaho, too', '+12085550142', ['America/Boise', 'America/Los_Angeles']],
    ['London', '+442079460018', ['Europe/London']],
    ['the Canary Islands', '+34928000000', ['Atlantic/Canary']],
    ['Jamaica', '+18765550142', ['America/Jamaica']],
  ])('goes by the area code: %s', (_, number, zones) => {
    expect(zonesOfText(number)).toEqual(zones);
  });

  it('counts mobiles in every zone of their country', () => {
    expect(zonesOfText('+61491570156')).toEqual(
      expect.arrayContaining(['Australia/Perth', 'Australia/Lord_Howe', 'Australia/Sydney']),
    );
    expect(zonesOfText(exampleOf('ES'))).toEqual(['Africa/Ceuta', 'Atlantic/Canary', 'Europe/Madrid']);
  });

  it('counts free numbers in every zone of their country, and of no other with the same country code', () => {
    const zones = zonesOfText('+18005550142');
    expect(zones).toEqual(expect.arrayContaining(['America/New_York', 'America/Adak', 'Pacific/Honolulu']));
    for (const abroad of ['America/Toronto', 'America/Jamaica', 'Pacific/Guam']) {
      expect(zones).not.toContain(abroad);
    }
  });

  it('counts a number that the plan of its country does not know in every zone of it', () => {
    expect(zonesOf({ ...numberFacts('+12125550142'), valid: false, type: undefined }).length).toBeGreaterThan(
      5,
    );
  });

  it('knows no zone where the country is not known', () => {
    expect(zonesOfText('+15555550142')).toEqual([]);
  });

  it('takes the zone that is given with the call', () => {
    expect(zonesOf(numberFacts('+18005550142'), 'America/Denver')).toEqual(['America/Denver']);
  });

  it('knows real zones for the mobiles of every country', () => {
    for (const country of getCountries()) {
      const example = exampleOf(country);
      if (example === '') continue;
      const zones = zonesOfText(example);
      expect(zones, country).not.toEqual([]);
      expect(zones.filter((zone) => !isTimeZone(zone))).toEqual([]);
    }
  });
});

describe('readZonePrefixes', () => {
  it('reads the table as the package itself does', async () => {
    expect(prefixes.size).toBeGreaterThan(3000);
    const numbers = (['AU', 'BR', 'RU', 'KZ', 'CN'] as const).map((country) => exampleOf(country));
    for (const number of ['+12125550142', '+19075550142', '+442079460018', ...numbers]) {
      const own = await timezones(parsePhoneNumberFromString(number));
      const digits = number.slice(1);
      const longest = [...prefixes.keys()]
        .filter((prefix) => digits.startsWith(prefix))
        .sort((a, b) => b.length - a.length)[0];
      expect(prefixes.get(longest ?? '')).toEqual(own);
    }
  });
});

describe('parseZonePrefixes', () => {
  const field = Buffer.from('\x021212\0\x07\0\0\0Etc/UT\0', 'latin1');
  const documentOf = (body: Buffer) => {
    const bytes = Buffer.concat([Buffer.alloc(4), body, Buffer.alloc(1)]);
    bytes.writeInt32LE(bytes.length, 0);
    return bytes;
  };

  it('reads a document of strings', () => {
    expect(parseZonePrefixes(documentOf(field))).toEqual(new Map([['1212', ['Etc/UT']]]));
  });

  it('refuses one that was cut off at any byte, or holds something else', () => {
    const whole = documentOf(Buffer.concat([field, field]));
    for (let length = 0; length < whole.length; length += 1) {
      expect(() => parseZonePrefixes(whole.subarray(0, length))).toThrow('install again');
      const cut = Buffer.from(whole.subarray(0, length));
      if (length < 4) continue;
      cut.writeInt32LE(length, 0);
      expect(() => parseZonePrefixes(cut), `at ${length}`).toThrow('install again');
    }
    expect(() => parseZonePrefixes(documentOf(Buffer.from('\x10a\0\0\0\0\0', 'latin1')))).toThrow();
  });
});

describe('isZoneOfCountry', () => {
  it.each([
    ['America/Los_Angeles', 'US', true],
    ['US/Pacific', 'US', true],
    ['Asia/Kolkata', 'IN', true],
    ['Asia/Calcutta', 'IN', true],
    ['Europe/London', 'US', false],
    ['UTC', 'US', false],
    ['Mars/Olympus', 'US', false],
    ['America/New_York', undefined, false],
  ])('%s of %s: %s', (zone, country, expected) => {
    expect(isZoneOfCountry(zone, country)).toBe(expected);
  });
});
