import type { PlantedBug } from '../planted-bug.ts';
import { troubled } from './troubled.ts';

export const takesATimeoutForNotPlaced: PlantedBug = {
  name: 'takes-a-timeout-for-not-placed',
  story: 'Without a reply nothing is thought to have happened, and the dial is tried again in a moment.',
  tempt: troubled,
  plant: () => ({
    provider: (provider) => ({
      ...provider,
      async dial(order, beforeSend) {
        const reply = await provider.dial(order, beforeSend);
        if (reply.kind !== 'unknown' || reply.exchange?.status !== undefined) return reply;
        return {
          kind: 'not-placed',
          words: '',
          ids: {},
          backOff: 'unreachable',
          cause: {
            code: 'timeout',
            sentence: 'No reply.',
            owner: 'provider',
            fix: 'Try again.',
            retryable: true,
          },
        };
      },
    }),
  }),
};
