import { AppError } from '../kernel/errors.ts';
import { type PhoneNumberFacts, parsePhoneNumber } from '../kernel/phone-number.ts';
import { printable } from '../kernel/printable.ts';

/** A phone number, as an argument gives it. Throws `bad-input` with what is wrong with it. */
export function readPhoneNumber(text: string): PhoneNumberFacts {
  const parsed = parsePhoneNumber(text);
  if (parsed.kind === 'number') return parsed.facts;
  throw new AppError('bad-input', `"${printable(text, 60)}" is not a phone number: ${parsed.why}.`, {
    hint: 'Write it with + and the country code, such as +12125550142.',
  });
}
