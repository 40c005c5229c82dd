import { advance } from '../../../src/calls/index.ts';
import type { PlantedBug } from '../planted-bug.ts';

export const sendsAgainAfterTakeover: PlantedBug = {
  name: 'sends-again-after-takeover',
  story: 'What a dead node had committed as dialing is dialled by its heir, instead of looked for.',
  tempt: (scenario) => ({
    ...scenario,
    faults: scenario.intents.flatMap(({ number, atMs }) =>
      [0, 1].map((node) => ({
        kind: 'crash-between',
        node,
        atMs,
        boundary: 3 + ((scenario.seed + number) % 12),
        backInMs: 0,
      })),
    ),
  }),
  plant: ({ clock }) => ({
    store: (store) => ({
      ...store,
      async takeOver(request) {
        const taken = await store.takeOver(request);
        const unsent = taken.filter(({ life }) => life.attempt.state === 'dialing');
        const newAttemptId = () => {
          throw new Error('No other attempt follows.');
        };
        const atMs = clock.now();
        await store.write(
          unsent.map(({ ticket, plan, life }) => ({
            ...{ ticket, plan, atMs },
            step: advance(life, { kind: 'put-back', why: 'its node is gone' }, { atMs, newAttemptId }),
          })),
        );
        return taken.filter((call) => !unsent.includes(call));
      },
    }),
  }),
};
