import type { Match } from '../match/match.ts';
import { endedAs } from './end-slash.ts';

/** The right path, with the values that come into it from elsewhere in the request. */
export function rightPath({ route, fields }: Match): string {
  let path = route.path;
  for (const { from, to } of fields.moves) {
    if (to.place.in !== 'path' || typeof from.value === 'object') continue;
    path = path.replace(`{${to.place.steps[0]}}`, () => encodeURIComponent(String(from.value)));
  }
  return endedAs(route.template, path);
}
