import type { PlantedBug } from '../planted-bug.ts';

export const asksTheGateAtSubmissionOnly: PlantedBug = {
  name: 'asks-the-gate-at-submission-only',
  story: 'Suppressions and the stop order are looked at when a call is taken, and not when it is dialled.',
  plant: () => ({
    store: (store) => ({
      ...store,
      claim: (request, policy) =>
        store.claim(request, {
          room: (room) => policy.room({ ...room, stopped: undefined }),
          decide: (view) => policy.decide({ ...view, stopped: undefined, suppressions: new Map() }),
        }),
    }),
  }),
};
