import type { Clock } from '../kernel/clock.ts';
import type { NewId } from '../kernel/ids.ts';
import type { CallStore, StoredCall } from './call-store.ts';
import type { LifeEvent, LifeStep } from './life.ts';
import { advance } from './life-cycle.ts';

export interface ApplyEventDeps {
  readonly store: Pick<CallStore, 'load' | 'write'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly newId: NewId;
}

export type Applied =
  /** Written. `call` is as it was before, with the ticket that is void now. */
  | { readonly kind: 'applied'; readonly call: StoredCall; readonly step: LifeStep }
  /** The event fits nothing that is left to happen: told twice, or late. */
  | { readonly kind: 'nothing'; readonly call: StoredCall }
  | { readonly kind: 'refused'; readonly call: StoredCall; readonly why: string }
  /** There is no such attempt, or it is not the latest of its call. */
  | { readonly kind: 'gone' }
  /** The attempt belongs to somebody else by now. */
  | { readonly kind: 'lost'; readonly call: StoredCall };

/** Two nodes and a webhook may write to one attempt at the same moment; more than a few rounds mean that something is broken. */
const ROUNDS = 20;

/**
 * Takes an event into the life of an attempt: reads it, advances it, writes it, and again from the start when somebody else wrote in
 * between. With `fence`, only while the attempt belongs to whoever claimed it with that fence.
 */
export function createApplyEvent({ store, clock, newId }: ApplyEventDeps) {
  return async function applyEvent(
    attempt: string | StoredCall,
    event: LifeEvent,
    fence?: number,
  ): Promise<Applied> {
    let call = typeof attempt === 'string' ? await store.load(attempt) : attempt;
    for (let round = 0; round < ROUNDS; round++) {
      if (!call) return { kind: 'gone' };
      if (fence !== undefined && call.ticket.fence !== fence) return { kind: 'lost', call };
      const atMs = clock.now();
      const step = advance(call.life, event, { atMs, newAttemptId: () => newId('att') });
      if (step.refused) return { kind: 'refused', call, why: step.refused };
      if (step.life === call.life && step.entries.length === 0) return { kind: 'nothing', call };
      const [written] = await store.write([{ ticket: call.ticket, step, plan: call.plan, atMs }]);
      if (written) return { kind: 'applied', call, step };
      call = await store.load(call.ticket.attemptId);
    }
    throw new Error(`An event was not written in ${ROUNDS} rounds.`);
  };
}

export type ApplyEvent = ReturnType<typeof createApplyEvent>;
