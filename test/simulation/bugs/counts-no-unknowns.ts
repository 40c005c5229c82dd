import type { PlantedBug } from '../planted-bug.ts';
import { troubled } from './troubled.ts';

export const countsNoUnknowns: PlantedBug = {
  name: 'counts-no-unknowns',
  story:
    'Capacity is what is dialing or accepted: a call whose fate is unknown leaves its place to another one.',
  tempt: (scenario) => ({
    ...troubled(scenario),
    settings: { ...scenario.settings, concurrency: 1, reserve: 0 },
  }),
  plant: ({ rows }) => ({
    store: (store) => ({
      ...store,
      async claim(request, policy) {
        const [counted] = await rows<{ unknown: number }>(
          "select count(*)::integer as unknown from attempts where live and state = 'unknown'",
        );
        const fewer = (live: number) => live - (counted?.unknown ?? 0);
        return store.claim(request, {
          room: (room) => policy.room({ ...room, live: fewer(room.live) }),
          decide: (view) => policy.decide({ ...view, live: fewer(view.live) }),
        });
      },
    }),
  }),
};
