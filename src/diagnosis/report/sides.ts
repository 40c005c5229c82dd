import type { Difference } from './differences.ts';

/** Two sides as they stand, and what becomes of the first. */
export function sides(
  sent: string | undefined,
  right: string | undefined,
): Pick<Difference, 'sent' | 'right' | 'change'> {
  const change =
    sent === right ? 'same' : sent === undefined ? 'added' : right === undefined ? 'removed' : 'changed';
  return { sent, right, change };
}
