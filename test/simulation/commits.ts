import type {
  AttemptLife,
  CallLife,
  CallPlan,
  CallStore,
  ClaimDecision,
  LifeStep,
} from '../../src/calls/index.ts';

/** Something that the database has kept, in the order in which it did. */
export interface Commit {
  readonly kind: 'submitted' | 'claimed' | 'written';
  readonly plan: CallPlan;
  readonly before: AttemptLife | undefined;
  readonly life: CallLife;
  /** The attempt that it was about, afterwards. */
  readonly attempt: AttemptLife;
  readonly entries: LifeStep['entries'];
  /** Of a claim: the wall clock by which it judged. */
  readonly judgedMs?: number;
}

/** Tells every change of a call once it is committed. What is seen here is seen by nobody else's faults. */
export function observeCommits(store: CallStore, tell: (commit: Commit) => void): CallStore {
  const told = (decisions: readonly ClaimDecision[], judgedMs: number) => {
    for (const decision of decisions) {
      if (!('step' in decision)) continue;
      const { call, step } = decision;
      tell({ kind: 'claimed', plan: call.plan, before: call.life.attempt, ...step, judgedMs });
    }
  };
  return {
    ...store,
    async submit(call) {
      await store.submit(call);
      const { life, plan } = call;
      tell({ kind: 'submitted', plan, before: undefined, life, attempt: life.attempt, entries: [] });
    },
    async claim(request, policy) {
      let decisions: readonly ClaimDecision[] = [];
      const result = await store.claim(request, {
        room: (room) => policy.room(room),
        decide(view) {
          const decided = policy.decide(view);
          decisions = decided.decisions;
          return decided;
        },
      });
      told(decisions, request.nowMs);
      return result;
    },
    async write(writes) {
      const written = await store.write(writes);
      writes.forEach(({ plan, step }, index) => {
        if (written[index]) tell({ kind: 'written', plan, before: undefined, ...step });
      });
      return written;
    },
  };
}
