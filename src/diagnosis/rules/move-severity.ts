import type { Severity } from '../explanation.ts';
import type { FieldMove } from '../match/match.ts';
import { accepted } from './accepted.ts';
import { complaintsAbout } from './complaints-about.ts';
import type { RuleContext } from './rule.ts';

/**
 * A field that the operation wants and does not find fails the request. One that it could do without is dropped in silence,
 * unless the provider complains of it or the path itself needs it.
 */
export function moveSeverity(context: RuleContext, move: FieldMove): Severity {
  if (accepted(context.reply)) return 'warning';
  const needed = move.to.required || move.to.place.in === 'path' || move.from.place.in === 'path';
  return needed || complaintsAbout(context, move.from.place, move.to.place).length > 0 ? 'error' : 'warning';
}
