import type { Applied, AttemptState, LifeEvent, StoredCall } from '../calls/index.ts';
import { type Clock, sleep } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { EngineDeps } from './ports.ts';

/** One attempt that this node owns, from the claim to its end. */
export interface Session {
  readonly attemptId: string;
  readonly fence: number;
  /** Aborts when the attempt was lost to another node, has ended, or the engine stops. */
  readonly gone: AbortSignal;
  /** As it was last read or written here. */
  readonly call: StoredCall;
  /** Milliseconds that this and earlier owners have watched over it since its commit; monotonic. */
  watchedMs(): number;
  /** Those of them that the store does not have yet, and counts them as told. */
  takeUntoldMs(): number;
  /** Writes an event, however long the store is away; `undefined` when the attempt is not ours any more. */
  apply(event: LifeEvent): Promise<Applied | undefined>;
  /** Reads the attempt again. False when it is not ours any more, or has ended. */
  reload(): Promise<boolean>;
  /** Somebody else wrote to the attempt: whoever waits in this session should look again. */
  interrupt(): void;
  /** Aborts at the next interruption, and with `gone`. */
  interruption(): AbortSignal;
  end(): void;
}

const STORE_AGAIN_MS = 1_000;
/** Given, so that no DOMException with its stack is made for each of thousands of sessions. */
const over = 'over';

export function createSession(deps: EngineDeps, first: StoredCall): Session {
  const { clock } = deps;
  const { attemptId, fence } = first.ticket;
  const gone = new AbortController();
  const startedMs = clock.monotonic();
  let call = first;
  let toldMs = 0;
  // Made by hand from two controllers: a signal of AbortSignal.any stays with its sources for as long as they live.
  let interrupted = new AbortController();
  const end = () => {
    gone.abort(over);
    interrupted.abort(over);
  };
  const watchedHere = () => clock.monotonic() - startedMs;

  async function patiently<T>(what: string, task: () => Promise<T>): Promise<T | undefined> {
    while (!gone.signal.aborted) {
      try {
        return await task();
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        deps.notices.trouble({ what, why: error.message });
        await sleep(clock, STORE_AGAIN_MS, gone.signal);
      }
    }
    return undefined;
  }

  return {
    attemptId,
    fence,
    gone: gone.signal,
    get call() {
      return call;
    },
    watchedMs: () => first.watchedMs + watchedHere(),
    takeUntoldMs() {
      const untold = Math.floor(watchedHere() - toldMs);
      toldMs += untold;
      return untold;
    },
    async apply(event) {
      const applied = await patiently('write', () => deps.applyEvent(call, event, fence));
      if (!applied || applied.kind === 'lost' || applied.kind === 'gone') {
        end();
        return undefined;
      }
      if (applied.kind === 'applied') {
        deps.notices.changed(call.life.callId);
        call = { ...applied.call, life: applied.step.life, ticket: nextTicket(applied.call) };
        if (isDone(applied.step.attempt.state)) end();
      } else call = applied.call;
      return applied;
    },
    async reload() {
      const loaded = await patiently('read', () => deps.store.load(attemptId));
      if (!loaded || loaded.ticket.fence !== fence || loaded.life.attempt.id !== attemptId) {
        end();
        return false;
      }
      call = loaded;
      if (isDone(loaded.life.attempt.state)) end();
      return !gone.signal.aborted;
    },
    interrupt() {
      interrupted.abort(over);
      if (!gone.signal.aborted) interrupted = new AbortController();
    },
    interruption: () => interrupted.signal,
    end,
  };
}

/** Nothing of it is on its way any more; a later dial of it is another session. */
function isDone(state: AttemptState): boolean {
  return state === 'ended' || state === 'scheduled';
}

function nextTicket({ ticket }: StoredCall): StoredCall['ticket'] {
  return { ...ticket, version: ticket.version + 1 };
}

export async function waitIn(session: Session, clock: Clock, ms: number): Promise<void> {
  await sleep(clock, ms, session.interruption());
}
