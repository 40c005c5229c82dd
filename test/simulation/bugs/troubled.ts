import type { Scenario } from '../scenario.ts';

/** Most requests go wrong in some way. */
export function troubled(scenario: Scenario): Scenario {
  return { ...scenario, world: { ...scenario.world, trouble: 0.8 } };
}
