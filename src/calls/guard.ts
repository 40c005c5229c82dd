import type { PhoneNumberFacts } from '../kernel/phone-number.ts';
import { sameNumber } from './line.ts';

/** What the user allows. Nothing skips the guard; these are its only settings. */
export interface GuardSettings {
  /** ISO 3166 countries that may be called; `undefined` means the line's own country. */
  readonly countries: readonly string[] | undefined;
  /** Numbers that are never called, in E.164. */
  readonly blocked: readonly string[];
}

export interface GuardRefusal {
  readonly rule: 'country' | 'kind-of-number' | 'blocked-number' | 'own-number';
  readonly sentence: string;
  readonly fix: string;
}

/** Kinds that cost the caller, or that are not a person's phone. Names are libphonenumber's. */
const refusedTypes: Readonly<Record<string, string>> = {
  PREMIUM_RATE: 'a premium-rate number',
  SHARED_COST: 'a shared-cost number',
  PAGER: 'a pager',
};

/** Calling codes of satellite phones and of services that belong to no country. Source: ITU-T E.164, list of assigned codes. */
const globalServices = ['800', '808', '870', '878', '881', '882', '883', '888', '979'];

/**
 * Short codes, directory enquiries and emergency numbers written with a country code: +1 911, +49 110, +49 116117, +49 11833. Some
 * small countries have real numbers as short, and those fit their plan.
 */
function isShort({ number, callingCode, valid }: PhoneNumberFacts): boolean {
  const digits = number.length - 1 - callingCode.length;
  return digits <= 3 || (digits <= 6 && !valid);
}

/**
 * The dial guard: what no dial may skip. Pure, and asked last before a number is dialled. Toll fraud lives on satellite,
 * premium and far-away numbers, so a number whose country is not known is refused too.
 */
export function guardDial(
  to: PhoneNumberFacts,
  line: { number: string; country: string | undefined },
  settings: GuardSettings,
): GuardRefusal | undefined {
  if (settings.blocked.includes(to.number)) {
    return {
      rule: 'blocked-number',
      sentence: `${to.number} is on the list of numbers that are never called (DONNA_BLOCKED).`,
      fix: 'Call somebody else, or take the number off DONNA_BLOCKED if it is there by mistake.',
    };
  }
  if (sameNumber(line, to.number)) {
    return {
      rule: 'own-number',
      sentence: `${to.number} is the number of the line itself.`,
      fix: 'Give the number of the person to call.',
    };
  }
  const refusedType = refusedTypes[to.type ?? ''];
  if (refusedType) {
    return {
      rule: 'kind-of-number',
      sentence: `${to.number} is ${refusedType}.`,
      fix: 'Call an ordinary landline or mobile number of the same person or company.',
    };
  }
  if (isShort(to)) {
    return {
      rule: 'kind-of-number',
      sentence: `${to.number} is a short or emergency number.`,
      fix: 'Call an ordinary landline or mobile number.',
    };
  }
  if (globalServices.includes(to.callingCode)) {
    return {
      rule: 'kind-of-number',
      sentence: `+${to.callingCode} belongs to no country: satellite phones and global services are never called.`,
      fix: 'Call an ordinary landline or mobile number.',
    };
  }
  if (to.country === undefined) {
    return {
      rule: 'country',
      sentence: `${to.number} is not a number of any country that shares +${to.callingCode}: its country, and its price, are not known.`,
      fix: 'Read the number again.',
    };
  }
  const allowed = settings.countries ?? (line.country ? [line.country] : []);
  if (!allowed.includes(to.country)) {
    const from = settings.countries ? 'DONNA_COUNTRIES' : "the line's own country";
    return {
      rule: 'country',
      sentence: `${to.number} is in ${to.country}, and only ${allowed.join(', ') || 'no country'} may be called (${from}).`,
      fix: `If calls to ${to.country} are meant, set DONNA_COUNTRIES=${[...allowed, to.country].join(',')}.`,
    };
  }
  return undefined;
}
