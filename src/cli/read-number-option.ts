import { AppError } from '../kernel/errors.ts';

/** A whole number in a range, as an option gives it. Throws `bad-input` naming the option and the range. */
export function readWholeNumber(option: string, text: string, range: { min: number; max: number }): number {
  const value = Number(text);
  if (/^\d{1,9}$/.test(text) && value >= range.min && value <= range.max) return value;
  throw new AppError(
    'bad-input',
    `${option}: "${text.slice(0, 60)}" is not a whole number from ${range.min} to ${range.max}.`,
  );
}
