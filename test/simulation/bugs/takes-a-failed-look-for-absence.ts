import type { PlantedBug } from '../planted-bug.ts';

export const takesAFailedLookForAbsence: PlantedBug = {
  name: 'takes-a-failed-look-for-absence',
  story: 'Records that cannot be read are read as empty, so that a call that rang is dialled again.',
  foundBy: 1,
  plant: () => ({
    provider: (provider) => ({
      ...provider,
      conversations: (filter) => provider.conversations(filter).catch(() => []),
      conversation: (id, signal) => provider.conversation(id, signal).catch(() => undefined),
    }),
    carrier: (carrier) => ({
      ...carrier,
      calls: (filter) => carrier.calls(filter).catch(() => []),
    }),
  }),
};
