import { type PhoneNumberFacts, parsePhoneNumber } from '../../src/kernel/phone-number.ts';

/** Numbers kept for stories (555-01xx) under the area codes of the United States: more than 20,000, none twice. */
export function* usNumbers(): Generator<PhoneNumberFacts> {
  for (let area = 202; area < 990; area++) {
    for (let last = 1; last < 100; last++) {
      const parsed = parsePhoneNumber(`+1${area}55501${String(last).padStart(2, '0')}`);
      if (parsed.kind !== 'number' || parsed.facts.country !== 'US' || !parsed.facts.valid) break;
      yield parsed.facts;
    }
  }
}
