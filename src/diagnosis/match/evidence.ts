import type { SentRequest } from '../exchange/exchange.ts';
import type { Candidate } from './candidates.ts';
import { stepFits } from './steps-fit.ts';
import { isVerb } from './words.ts';

/** What speaks for an operation and against it, in sentences. */
export function evidenceOf(
  request: SentRequest,
  candidate: Candidate,
): { speaksFor: readonly string[]; speaksAgainst: readonly string[] } {
  const { entry, features, sketch, steps } = candidate;
  const { operation } = entry;
  const speaksFor: string[] = [];
  const speaksAgainst: string[] = [];
  const kept = steps.filter(stepFits).length;
  if (features.pathFits) speaksFor.push('the path fits as it is');
  else if (kept > 0) speaksFor.push(`${kept} of ${entry.steps.length} segments of the path fit as they are`);
  for (const step of steps) {
    if (step.kind === 'changed') speaksFor.push(`${short(step.sent)} is near ${step.right}`);
    if (step.kind === 'extra') {
      speaksAgainst.push(
        isVerb(step.sent)
          ? `${step.sent} is not in its path; the method says it already`
          : `${short(step.sent)} is not in its path`,
      );
    }
    if (step.kind === 'absent') speaksAgainst.push(`its path has ${step.right}, which was not sent`);
  }
  if (features.sameMethod) speaksFor.push(`the method is ${operation.method}`);
  else speaksAgainst.push(`its method is ${operation.method}, not ${request.method}`);
  if (sketch.knownNames.length > 0) speaksFor.push(`it takes ${listed(sketch.knownNames)}`);
  for (const { from, to } of sketch.moves) {
    speaksFor.push(`${nameOf(from.place)} fits its ${nameOf(to.place)}`);
  }
  if (sketch.missing.length > 0)
    speaksAgainst.push(`it requires ${listed(sketch.missing.map(({ place }) => nameOf(place)))}`);
  if (sketch.unknown.length > 0)
    speaksAgainst.push(`it knows no ${listed(sketch.unknown.map(({ name }) => name))}`);
  if (features.bodyUnwanted) speaksAgainst.push('it takes no body');
  if (features.words > 0.6 && !features.pathFits)
    speaksFor.push('it has the words of the path that was sent');
  if (features.successor)
    speaksFor.push('the operation that was used is deprecated, and its description names this one');
  if (features.otherHost) speaksAgainst.push(`it is at ${entry.servers[0]?.host ?? ''}, not ${request.host}`);
  if (operation.deprecated) speaksAgainst.push('it is deprecated');
  return { speaksFor, speaksAgainst };
}

function short(segment: string): string {
  return segment.length > 80 ? `${segment.slice(0, 79)}…` : segment;
}

const MOST_LISTED = 4;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_LISTED).join(', ');
  return names.length > MOST_LISTED ? `${shown} and ${names.length - MOST_LISTED} more` : shown;
}

function nameOf(place: { readonly in: string; readonly steps: readonly (string | number)[] }): string {
  const name = place.steps.join('.');
  return place.in === 'body' ? name : `${name} (${place.in})`;
}
