import type { Dialling } from '../../api/dialling.ts';
import { printable } from '../../kernel/printable.ts';
import { minuteText } from './minute-text.ts';

/** Who stopped all dialling, when, and why. */
export function stopSentence({ by, at, reason }: Dialling): string {
  return `All dialling is stopped, by ${printable(by ?? 'somebody')} at ${minuteText(at) ?? 'an unknown time'}: ${printable(reason ?? 'no reason given')}`;
}
