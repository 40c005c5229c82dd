import type { PlantedBug } from '../planted-bug.ts';

export const takesEverySubmissionForNew: PlantedBug = {
  name: 'takes-every-submission-for-new',
  story:
    'The idempotency key is made anew for each request: the same intent becomes a call each time it is sent.',
  plant: ({ random }) => {
    let number = 0;
    return {
      store: (store) => ({
        ...store,
        submit: ({ idempotency: _, ...call }) => store.submit({ ...call, idempotency: undefined }),
      }),
      idempotency: (keys) => ({
        ...keys,
        reserve(request) {
          number += 1;
          return keys.reserve({ ...request, key: `${request.key}/${number}/${random.whole(0, 1e9)}` });
        },
      }),
    };
  },
};
