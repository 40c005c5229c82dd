import { isVersion } from '../match/likeness.ts';
import type { Match, RouteStep } from '../match/match.ts';
import { segmentsOf } from '../match/template.ts';

export interface RouteParts {
  /** Base path and version: what comes before the path of the resource. */
  readonly front: readonly RouteStep[];
  readonly rest: readonly RouteStep[];
}

/** Cuts a route where the base path and the version end. */
export function routeParts(match: Match): RouteParts {
  const base = segmentsOf(match.server.basePath);
  const { steps } = match.route;
  let rights = 0;
  let cut = 0;
  for (const step of steps) {
    const right = step.kind === 'extra' ? undefined : step.right;
    const inFront =
      right === undefined
        ? step.kind === 'extra' && (isVersion(step.sent) || base.includes(step.sent) || step.sent === 'api')
        : rights < base.length || isVersion(right);
    if (!inFront) break;
    if (right !== undefined) rights++;
    cut++;
  }
  return { front: steps.slice(0, cut), rest: steps.slice(cut) };
}
