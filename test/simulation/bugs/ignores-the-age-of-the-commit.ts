import type { PlantedBug } from '../planted-bug.ts';

export const ignoresTheAgeOfTheCommit: PlantedBug = {
  name: 'ignores-the-age-of-the-commit',
  story:
    'Nothing is checked before the socket: a node that was paused after the commit sends when it wakes up.',
  plant: () => ({
    provider: (provider) => ({
      ...provider,
      dial: (order, beforeSend) => provider.dial(order, () => beforeSend().catch(() => {})),
    }),
  }),
};
