import { percentDecoded } from '../../kernel/percent-decoded.ts';
import type { Stranger } from './find-moves.ts';
import { isVersion } from './likeness.ts';
import type { RouteStep } from './match.ts';
import { wordsOf } from './words.ts';

/** Values in the path that have no place in the operation's path, under the name that the segment before gives them. */
export function strayPathValues(
  steps: readonly RouteStep[],
  style: (words: readonly string[]) => string,
): Stranger[] {
  const found: Stranger[] = [];
  for (const [index, step] of steps.entries()) {
    if (step.kind !== 'extra' || isVersion(step.sent) || !/\d|[@+%<{$]/.test(step.sent)) continue;
    const before = steps.slice(0, index).findLast((one) => one.kind !== 'absent' && one.kind !== 'value');
    const noun = before && 'sent' in before ? wordsOf(before.sent) : [];
    const name = style([...noun, 'id']);
    found.push({
      sent: { place: { in: 'path', steps: [name] }, value: percentDecoded(step.sent) },
      name,
      level: undefined,
    });
  }
  return found;
}
