import { isSupportedCountry, type NumberType, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** A possible number in E.164, such as `+12125550142`. */
export type PhoneNumber = string & { readonly __e164: true };

export interface PhoneNumberFacts {
  readonly number: PhoneNumber;
  /** ISO 3166 country, where the numbering plan tells one; `undefined` for satellite and global services. */
  readonly country: string | undefined;
  readonly callingCode: string;
  /** As libphonenumber classifies it; `undefined` when the plan does not tell or the number is not valid there. */
  readonly type: NumberType;
  /** The number fits its country's numbering plan (stronger than a possible length). */
  readonly valid: boolean;
}

export type ParsedPhoneNumber =
  | { readonly kind: 'number'; readonly facts: PhoneNumberFacts }
  | { readonly kind: 'not-a-number'; readonly why: string };

/** Whether a two-letter code in capitals is a country that has phone numbers: `GB` is, `UK` is not. */
export function isCountry(code: string): boolean {
  return isSupportedCountry(code);
}

/**
 * Reads a phone number in E.164, with spaces, dots, dashes or brackets for the eye. A number without a country
 * code is refused, since guessing the country rings a stranger.
 */
export function parsePhoneNumber(input: string): ParsedPhoneNumber {
  const text = input.trim();
  if (text.length > 40) return { kind: 'not-a-number', why: `it is ${text.length} characters long` };
  if (!/^\+[\d\s().\-\u00a0]+$/.test(text)) {
    return {
      kind: 'not-a-number',
      why: text.startsWith('+')
        ? 'it holds something else than digits'
        : 'it does not start with + and a country code',
    };
  }
  const parsed = parsePhoneNumberFromString(text);
  if (!parsed) return { kind: 'not-a-number', why: 'no country has a number like it' };
  if (!parsed.isPossible()) {
    return {
      kind: 'not-a-number',
      why: `+${parsed.countryCallingCode} numbers do not have that many digits`,
    };
  }
  return {
    kind: 'number',
    facts: {
      number: parsed.number as string as PhoneNumber,
      country: parsed.country,
      callingCode: parsed.countryCallingCode,
      type: parsed.getType(),
      valid: parsed.isValid(),
    },
  };
}
