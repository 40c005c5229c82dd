import type { FieldPlace } from '../match/match.ts';

/** How people are told of a place: `a.b[0].c` inside the body, `path:x`, `query:x`, `header:x`, `cookie:x`; `the body` for its root. */
export function placeName(place: FieldPlace): string {
  let name = '';
  for (const step of place.steps) {
    if (typeof step === 'number') name += `[${step}]`;
    else name += name === '' ? step : `.${step}`;
  }
  if (place.in !== 'body') return `${place.in}:${name}`;
  return name === '' ? 'the body' : name;
}
