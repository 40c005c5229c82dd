import type { PlantedBug } from '../planted-bug.ts';

export const measuresByTheWallClock: PlantedBug = {
  name: 'measures-by-the-wall-clock',
  story:
    'Deadlines and the time watched are measured by the wall clock, which somebody sets forward and back.',
  foundBy: 1,
  plant: () => ({
    clock: (clock) => ({ ...clock, monotonic: () => clock.now() }),
  }),
};
