import type { ClaimDecision } from '../../../src/calls/index.ts';
import { sleep } from '../../../src/kernel/clock.ts';
import type { PlantedBug } from '../planted-bug.ts';

export const sendsBeforeTheCommit: PlantedBug = {
  name: 'sends-before-the-commit',
  story: 'The claim is answered as soon as it is decided, and committed a moment later.',
  plant: ({ clock }) => ({
    store: (store) => ({
      ...store,
      async claim(request, policy) {
        let decided: readonly ClaimDecision[] = [];
        const result = await store.claim(request, {
          room: (room) => policy.room(room),
          decide(view) {
            decided = policy.decide(view).decisions;
            return { decisions: [], lines: [] };
          },
        });
        const writes = decided.flatMap((decision) =>
          'step' in decision
            ? [
                {
                  ticket: decision.call.ticket,
                  step: decision.step,
                  plan: decision.call.plan,
                  atMs: request.nowMs,
                },
              ]
            : [],
        );
        const dialing = decided.flatMap((decision) =>
          'step' in decision && decision.step.attempt.state === 'dialing'
            ? [{ call: { ...decision.call, life: decision.step.life }, sendAtMs: request.nowMs }]
            : [],
        );
        if (writes.length > 0)
          void sleep(clock, 100)
            .then(() => store.write(writes))
            .catch(() => {});
        return { ...result, dialing };
      },
    }),
  }),
};
