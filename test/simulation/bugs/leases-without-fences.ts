import type { CallStore } from '../../../src/calls/index.ts';
import type { PlantedBug } from '../planted-bug.ts';

export const leasesWithoutFences: PlantedBug = {
  name: 'leases-without-fences',
  story:
    'Whoever writes last wins: a node that lost an attempt while it was paused writes over what its heir found out.',
  plant: () => ({
    store: (store: CallStore): CallStore => ({
      ...store,
      async write(writes) {
        const newest = await Promise.all(
          writes.map(async (write) => {
            const call = await store.load(write.ticket.attemptId);
            return call ? { ...write, ticket: call.ticket } : write;
          }),
        );
        return store.write(newest);
      },
    }),
  }),
};
