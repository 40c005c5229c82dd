import type { PlantedBug } from '../planted-bug.ts';

export const dialsANumberTwiceAtOnce: PlantedBug = {
  name: 'dials-a-number-twice-at-once',
  story: 'Two calls to one person are two rows, and nobody looks whether the other one rings.',
  plant: () => ({
    store: (store) => ({
      ...store,
      claim: (request, policy) =>
        store.claim(request, {
          room: (room) => policy.room(room),
          decide: (view) => policy.decide({ ...view, liveDestinations: new Set() }),
        }),
    }),
  }),
};
