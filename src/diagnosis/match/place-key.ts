import type { FieldPlace } from './match.ts';

/** The same text for the same place. */
export function placeKey(place: FieldPlace): string {
  return [place.in, ...place.steps].join(' ');
}
