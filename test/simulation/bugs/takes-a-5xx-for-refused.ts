import type { PlantedBug } from '../planted-bug.ts';
import { troubled } from './troubled.ts';

export const takesA5xxForRefused: PlantedBug = {
  name: 'takes-a-5xx-for-refused',
  story:
    'A status of 500 and more is thought to mean that the call was not placed, and the retry table goes on.',
  tempt: troubled,
  plant: () => ({
    provider: (provider) => ({
      ...provider,
      async dial(order, beforeSend) {
        const reply = await provider.dial(order, beforeSend);
        if (reply.kind !== 'unknown' || (reply.exchange?.status ?? 0) < 500) return reply;
        return {
          kind: 'not-placed',
          words: '',
          ids: {},
          cause: {
            code: 'http-5xx',
            sentence: 'It failed.',
            owner: 'provider',
            fix: 'Try again.',
            retryable: true,
          },
        };
      },
    }),
  }),
};
