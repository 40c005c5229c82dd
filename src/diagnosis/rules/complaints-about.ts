import type { Evidence } from '../explanation.ts';
import type { FieldPlace } from '../match/match.ts';
import { plainName } from '../match/words.ts';
import { readErrorBody } from './read-error-body.ts';
import type { RuleContext } from './rule.ts';

/** What the provider's error body says of one of these places, as evidence. */
export function complaintsAbout(context: RuleContext, ...places: readonly FieldPlace[]): readonly Evidence[] {
  const { complaints } = readErrorBody(context.reply?.body);
  return complaints
    .filter((one) => places.some((place) => isAt(place, one.in, one.steps)))
    .slice(0, 2)
    .map((one) => ({ source: 'reply', text: `The provider says of it: ${one.message}` }));
}

/** Whether a provider's way of names leads to a place; it may pass through branches and envelopes. */
export function isAt(
  place: FieldPlace,
  part: FieldPlace['in'] | undefined,
  steps: readonly (string | number)[],
): boolean {
  if (part !== undefined && part !== place.in) return false;
  const names = place.steps.map(spelled);
  const said = steps.map(spelled);
  if (names.length === 0 || said.length === 0) return names.length === said.length;
  if (names.at(-1) !== said.at(-1)) return false;
  let next = 0;
  for (const step of said) if (step === names[next]) next++;
  return next === names.length;
}

function spelled(step: string | number): string {
  return typeof step === 'number' ? String(step) : plainName(step);
}
