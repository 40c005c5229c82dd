import type { PhoneNumberFacts } from '../kernel/phone-number.ts';
import { isTimeZone } from './zone-offset.ts';
import type { ZonePrefixes } from './zone-prefixes.ts';

/** The IANA zones in which the phone behind a number can be; empty where nothing tells. A `given` zone is the only one. */
export type ZonesOfNumber = (to: PhoneNumberFacts, given?: string) => readonly string[];

/** Kinds of number whose first digits tell a place, as libphonenumber's own mapper of zones sees it. */
const placedTypes: readonly string[] = ['FIXED_LINE', 'FIXED_LINE_OR_MOBILE'];

/**
 * By its area code where it has one; all zones of the country for mobiles, free and other numbers without a place.
 * In North America mobiles have area codes like any other number and cannot be told from them: there the area code
 * counts, also for one who moved away with it. `prefixes` come from `readZonePrefixes`.
 */
export function createZonesOfNumber(prefixes: ZonePrefixes): ZonesOfNumber {
  const ofCountries = new Map<string, readonly string[]>();

  function ofCountry(country: string): readonly string[] {
    const zones = ofCountries.get(country) ?? countryZones(country);
    ofCountries.set(country, zones);
    return zones;
  }

  function longestMatch(digits: string): readonly string[] {
    for (let length = digits.length; length > 0; length -= 1) {
      const zones = prefixes.get(digits.slice(0, length));
      if (zones) return zones;
    }
    return [];
  }

  return ({ number, country, callingCode, type, valid }, given) => {
    if (given !== undefined) return [given];
    if (country === undefined) return [];
    const matched = longestMatch(number.slice(1));
    const tellsPlace = matched !== prefixes.get(callingCode);
    if (valid && placedTypes.includes(type ?? '') && tellsPlace) return matched;
    const all = ofCountry(country);
    // Kosovo, Ascension and Tristan da Cunha are no regions with zones in CLDR, and have their calling code to themselves or share its zone.
    return all.length > 0 ? all : matched;
  };
}

/** As CLDR has them, in Node's own ICU; newer engines have the method, older ones the property of the same proposal. */
function countryZones(country: string): readonly string[] {
  const locale = new Intl.Locale('und', { region: country }) as Intl.Locale & {
    readonly timeZones?: readonly string[];
    getTimeZones?(): readonly string[] | undefined;
  };
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}

/** Whether a zone, by any of its names, is one of a country's. */
export function isZoneOfCountry(zone: string, country: string | undefined): boolean {
  if (country === undefined || !isTimeZone(zone)) return false;
  const one = canonicalZone(zone);
  return countryZones(country).some((other) => canonicalZone(other) === one);
}

/** One name for those that mean the same, such as Asia/Calcutta and Asia/Kolkata. */
function canonicalZone(zone: string): string {
  return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
}
