import type { SuppressionView } from '../../api/suppression.ts';
import { printable } from '../../kernel/printable.ts';
import { minuteText } from './minute-text.ts';

/** Since when a number is not called, by whom, why, and until when. */
export function suppressionSentence({ reason, addedAt, addedBy, expiresAt, note }: SuppressionView): string {
  const until = expiresAt === null ? '' : `, until ${minuteText(expiresAt)}`;
  const noted = note ? ` (${printable(note)})` : '';
  return `suppressed since ${minuteText(addedAt)} by ${printable(addedBy)}: ${reason}${noted}${until}`;
}
