import { createClaimPolicy, nextPaceMs, type StoredCall } from '../calls/index.ts';
import { sleep } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { askHook } from './ask-hook.ts';
import { dialAttempt } from './dial-attempt.ts';
import { followAttempt } from './follow-attempt.ts';
import { createLinePacer } from './line-pacer.ts';
import { type EngineDeps, LEASE_MS, POLL_MS, RENEW_MS } from './ports.ts';
import { searchAttempt } from './search-attempt.ts';
import { createSession, type Session } from './session.ts';

/** Reads a second that following may cost at the provider, whatever runs; each call is read less often when many do. */
const READS_PER_SECOND = 50;
const FOLLOW_EVERY_MS = 1_000;
/** Rows that a claim or a takeover looks at. */
const BATCH = 100;
/** After a fault of ours in looking after an attempt. */
const AFTER_FAULT_MS = 5_000;
/** A stop waits this long for the replies of dials that are on their way. */
const STOP_WAIT_MS = 35_000;

export interface Engine {
  start(): void;
  /** Something may be due: a call was submitted, dialling was resumed. */
  nudge(): void;
  /** Somebody else wrote to this attempt. */
  notice(attemptId: string): void;
  /** Attempts that this node owns. */
  readonly owned: number;
  /** Whether it looked at the queue within the last seconds. */
  readonly alive: boolean;
  /** Puts back what has not left, waits for the replies to what has, and gives its leases back for others to take over. */
  stop(): Promise<void>;
  /** As a crash: everything is dropped where it stands. For simulations; a real crash needs no help. */
  abandon(): void;
}

/**
 * The engine of one node. It claims due attempts and dials them, follows what was accepted, searches for what is unknown, and takes
 * over what a node that is gone has left. The truth is in the store: a session in memory can be lost at any moment.
 */
export function createEngine(deps: EngineDeps): Engine {
  const { store, clock, owner, notices } = deps;
  const pacer = createLinePacer(deps.claims.callsPerSecond, clock);
  const sessions = new Map<string, { session: Session; done: Promise<void> }>();
  const stopping = new AbortController();
  const dead = new AbortController();
  let nudged = new AbortController();
  let dialling = 0;
  let lookedAtMs = clock.monotonic();
  let loops: Promise<unknown> = Promise.resolve();

  const pollMs = () => Math.max(FOLLOW_EVERY_MS, (sessions.size / READS_PER_SECOND) * 1000);

  async function claimLoop(): Promise<void> {
    while (!stopping.signal.aborted) {
      // Taken before the claim looks: a nudge that comes while it does is not lost.
      const wake = nudged.signal;
      const waitMs = await guarded('claim', claimOnce);
      if ((waitMs ?? POLL_MS) > 0) await sleep(clock, waitMs ?? POLL_MS, wake);
    }
  }

  /** Claims what can be dialled now; answers how long nothing more will be. */
  async function claimOnce(): Promise<number> {
    const nowMs = clock.now();
    const committedMs = clock.monotonic();
    const claimed = await store.claim(
      { owner, nowMs, leaseMs: LEASE_MS, limit: BATCH },
      createClaimPolicy(deps.claims, nowMs),
    );
    lookedAtMs = clock.monotonic();
    for (const { call, sendAtMs } of claimed.dialing) {
      notices.changed(call.life.callId);
      own(call, { committedMs, sendInMs: sendAtMs - nowMs });
    }
    for (const call of claimed.askHook) void guarded('hook', () => askHook(deps, call, nudge));
    if (claimed.dialing.length + claimed.changed > 0) return 0;
    const next = [claimed.nextDueMs, nextPaceMs(claimed.room.lines, nowMs)].filter((ms) => ms !== undefined);
    return Math.max(1, Math.min(POLL_MS, ...next.map((ms) => (ms > nowMs ? ms - nowMs : POLL_MS))));
  }

  async function takeOverLoop(): Promise<void> {
    while (!stopping.signal.aborted) {
      await guarded('take-over', async () => {
        const held = [...sessions.keys()];
        const taken = await store.takeOver({
          owner,
          nowMs: clock.now(),
          leaseMs: LEASE_MS,
          limit: BATCH,
          held,
        });
        for (const call of taken) own(call);
      });
      await sleep(clock, POLL_MS, stopping.signal);
    }
  }

  async function renewLoop(): Promise<void> {
    while (!dead.signal.aborted) {
      await sleep(clock, RENEW_MS, dead.signal);
      if (dead.signal.aborted || sessions.size === 0) continue;
      await guarded('renew', renewOnce);
    }
  }

  async function renewOnce(): Promise<void> {
    const held = [...sessions.values()].map(({ session }) => ({
      session,
      watchedMs: session.takeUntoldMs(),
    }));
    const renewed = await store.renew({
      owner,
      nowMs: clock.now(),
      leaseMs: LEASE_MS,
      held: held.map(({ session, watchedMs }) => ({
        attemptId: session.attemptId,
        fence: session.fence,
        watchedMs,
      })),
    });
    const versions = new Map(renewed.map(({ attemptId, version }) => [attemptId, version]));
    for (const { session } of held) {
      const version = versions.get(session.attemptId);
      if (version === undefined) session.end();
      else if (version > session.call.ticket.version) session.interrupt();
    }
  }

  /** Looks after an attempt until it has ended or is somebody else's. */
  function own(call: StoredCall, dial?: { committedMs: number; sendInMs: number }): void {
    sessions.get(call.ticket.attemptId)?.session.end();
    const session = createSession(deps, call);
    const done = attend(session, dial).then(() => {
      session.end();
      if (sessions.get(session.attemptId)?.session === session) sessions.delete(session.attemptId);
      // A call that has ended makes room.
      nudge();
    });
    sessions.set(session.attemptId, { session, done });
  }

  /** A fault of ours must not leave an attempt that nobody looks after: it is taken up again, as one of a node that is gone would be. */
  async function attend(session: Session, dial?: { committedMs: number; sendInMs: number }): Promise<void> {
    let first = dial;
    while (!session.gone.aborted && !stopping.signal.aborted) {
      const over = await guarded('session', async () => {
        await live(session, first);
        return true;
      });
      if (over) return;
      first = undefined;
      await sleep(clock, AFTER_FAULT_MS, session.interruption());
      await guarded('session', () => session.reload());
    }
  }

  async function live(session: Session, dial?: { committedMs: number; sendInMs: number }): Promise<void> {
    if (dial) {
      dialling += 1;
      try {
        await dialAttempt(deps, session, { ...dial, stopping: () => stopping.signal.aborted }, pacer);
      } finally {
        dialling -= 1;
      }
    } else await session.apply({ kind: 'taken-over', by: owner });
    while (!session.gone.aborted && !stopping.signal.aborted) {
      const { attempt } = session.call.life;
      if (attempt.state === 'accepted') await followAttempt(deps, session, pollMs);
      else if (attempt.state === 'unknown' && !attempt.asked) await searchAttempt(deps, session);
      else return;
    }
  }

  /** Nothing that fails in one task may stop the others; a bug is told and the attempt left to its lease. */
  async function guarded<T>(what: string, task: () => Promise<T>): Promise<T | undefined> {
    try {
      return await task();
    } catch (error) {
      const why =
        error instanceof Error
          ? error instanceof AppError
            ? error.message
            : (error.stack ?? error.message)
          : String(error);
      notices.trouble({ what, why });
      return undefined;
    }
  }

  function nudge(): void {
    // With a reason, since a DOMException for each of thousands of nudges is not free.
    nudged.abort('nudged');
    nudged = new AbortController();
  }

  return {
    start() {
      loops = Promise.all([claimLoop(), takeOverLoop(), renewLoop()]);
    },
    nudge,
    notice: (attemptId) => sessions.get(attemptId)?.session.interrupt(),
    get owned() {
      return sessions.size;
    },
    get alive() {
      return clock.monotonic() - lookedAtMs < 10 * POLL_MS;
    },
    async stop() {
      stopping.abort();
      nudge();
      for (const { session } of sessions.values()) session.interrupt();
      const until = clock.monotonic() + STOP_WAIT_MS;
      while (dialling > 0 && clock.monotonic() < until) await sleep(clock, 20);
      for (const { session } of sessions.values()) session.end();
      await Promise.all([...sessions.values()].map(({ done }) => done));
      dead.abort();
      await loops;
      await guarded('release', () => store.release({ owner, nowMs: clock.now() }));
    },
    abandon() {
      stopping.abort();
      nudge();
      dead.abort();
      for (const { session } of sessions.values()) session.end();
      sessions.clear();
    },
  };
}
