import type { PlantedBug } from '../planted-bug.ts';
import { troubled } from './troubled.ts';

export const measuresByTheWallClock: PlantedBug = {
  name: 'measures-by-the-wall-clock',
  story:
    'Deadlines and the time watched are measured by the wall clock, which somebody sets forward and back.',
  tempt: (scenario) => ({
    ...troubled(scenario),
    faults: [{ kind: 'jump', node: 0, atMs: 12_000, byMs: 600_000 }],
    intents: scenario.intents.map((intent) => ({ ...intent, atMs: intent.number * 100, window: undefined })),
  }),
  plant: () => ({
    clock: (clock) => ({ ...clock, monotonic: () => clock.now() }),
  }),
};
