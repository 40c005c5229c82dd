import { AppError } from '../kernel/errors.ts';
import { nearest } from '../kernel/nearest.ts';
import { printable } from '../kernel/printable.ts';

/** One of a few words, as an option or argument gives it. Throws `bad-input` naming them, and the one that may be meant. */
export function readChoice<Choice extends string>(
  what: string,
  text: string,
  choices: readonly Choice[],
): Choice {
  const chosen = choices.find((choice) => choice === text);
  if (chosen !== undefined) return chosen;
  const near = nearest(text, choices);
  throw new AppError('bad-input', `${what}: "${printable(text, 60)}" is not one of ${choices.join(', ')}.`, {
    hint: near ? `Did you mean ${near}?` : undefined,
  });
}
