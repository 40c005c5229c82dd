import type { PlantedBug } from '../planted-bug.ts';

export const givesAWebhookToTheWrongAttempt: PlantedBug = {
  name: 'gives-a-webhook-to-the-wrong-attempt',
  story:
    'A delivery is given to the call that was dialled last, because one call at a time is all that was tried.',
  plant: ({ rows }) => ({
    store: (store) => ({
      ...store,
      async findAttempt(ids) {
        const [last] = await rows<{ id: string }>(
          'select id from attempts where committed_at is not null order by committed_at desc, id limit 1',
        );
        return last?.id ?? store.findAttempt(ids);
      },
    }),
  }),
};
