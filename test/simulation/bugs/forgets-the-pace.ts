import type { PlantedBug } from '../planted-bug.ts';

export const forgetsThePace: PlantedBug = {
  name: 'forgets-the-pace',
  story: 'Each claim spaces its own dials and leaves nothing behind for the next one, or for the other node.',
  tempt: (scenario) => ({
    ...scenario,
    faults: [],
    skewMs: [0, 0],
    world: { ...scenario.world, capacity: 8 },
    settings: { ...scenario.settings, concurrency: 4, callsPerSecond: new Map() },
    intents: scenario.intents.map((intent) => ({ ...intent, atMs: intent.number * 200 })),
  }),
  plant: () => ({
    store: (store) => ({
      ...store,
      claim: (request, policy) =>
        store.claim(request, {
          room: (room) => policy.room({ ...room, lines: [] }),
          decide: (view) => ({ ...policy.decide({ ...view, lines: [] }), lines: [] }),
        }),
    }),
  }),
};
