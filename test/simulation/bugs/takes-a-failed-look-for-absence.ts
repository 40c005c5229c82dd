import type { PlantedBug } from '../planted-bug.ts';
import { troubled } from './troubled.ts';

export const takesAFailedLookForAbsence: PlantedBug = {
  name: 'takes-a-failed-look-for-absence',
  story: 'Records that cannot be read are read as empty, so that a call that rang is dialled again.',
  tempt: (scenario) => {
    const quietFromMs = scenario.quietFromMs + 400_000;
    return {
      ...troubled(scenario),
      quietFromMs,
      faults: [{ kind: 'dark', atMs: 0, forMs: quietFromMs }],
      webhooks: { ...scenario.webhooks, lost: 1 },
    };
  },
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
