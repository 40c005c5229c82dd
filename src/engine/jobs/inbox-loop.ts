import type { Inbox, InboxItem } from '../../calls/service-ports.ts';
import type { TakeIn } from '../../calls/take-in/take-in.ts';
import type { Clock } from '../../kernel/clock.ts';
import { AppError } from '../../kernel/errors.ts';
import { createWorkLoop, type WorkLoop } from './work-loop.ts';

export interface InboxLoopDeps {
  readonly inbox: Pick<Inbox, 'take' | 'done' | 'later'>;
  readonly takeIn: TakeIn;
  readonly clock: Clock;
  /** Something failed and is tried again. `why` is for the log. */
  readonly trouble: (facts: { readonly what: string; readonly why: string }) => void;
}

/** Behind every nudge: what another node received, and what fell due. */
const POLL_MS = 1_000;
/** Deliveries taken in at the same time: each mostly waits for the store or the carrier. */
const PARALLEL = 8;
/** What a node took and did not finish, because it died, is free for others after this long. */
const LEASE_MS = 120_000;
/** After a failure of store or provider, and after a fault of ours. */
const AGAIN_MS = [2_000, 10_000, 60_000, 300_000];
/** A delivery that fails this often is kept for people to look at: it is broken, or we are. */
const MOST_TRIES = 30;

/**
 * Takes deliveries in, oldest first, each second and whenever it is nudged. A delivery is leased by its due time, so that one that
 * died with its node is taken again; taking it in twice changes nothing.
 */
export function createInboxLoop({ inbox, takeIn, clock, trouble }: InboxLoopDeps): WorkLoop {
  async function one(item: InboxItem): Promise<void> {
    try {
      const taken = await takeIn(item);
      if (taken.kind === 'done') await inbox.done(item.id, clock.now(), taken.note);
      else await inbox.later(item.id, taken.dueMs, taken.note);
    } catch (error) {
      trouble({ what: 'inbox', why: error instanceof Error ? error.message : 'unknown' });
      await putBack(item, error instanceof AppError ? error.code : 'fault');
    }
  }

  async function putBack(item: InboxItem, why: string): Promise<void> {
    const waitMs = AGAIN_MS[Math.min(item.tries, AGAIN_MS.length - 1)] ?? POLL_MS;
    try {
      if (item.tries >= MOST_TRIES) await inbox.done(item.id, clock.now(), `Given up: ${why}.`);
      else await inbox.later(item.id, clock.now() + waitMs, `Failed: ${why}.`);
    } catch {
      // The store does not answer either: the lease runs out, and the delivery is taken again.
    }
  }

  return createWorkLoop({
    take(limit) {
      const nowMs = clock.now();
      return inbox.take({ nowMs, untilMs: nowMs + LEASE_MS, limit });
    },
    work: one,
    failed: (error) => trouble({ what: 'inbox', why: error instanceof Error ? error.message : 'unknown' }),
    parallel: PARALLEL,
    pollMs: POLL_MS,
    clock,
  });
}
