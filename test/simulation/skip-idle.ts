import type {
  AttemptLife,
  CallStore,
  ClaimDecision,
  ClaimLimits,
  ClaimResult,
  ClaimRoom,
  Inbox,
  LifeStep,
} from '../../src/calls/index.ts';
import { isLiveState } from './oracle/book.ts';

/**
 * Idle looks at the queue cost nearly all the time of a run and change nothing. This answers those that cannot find anything, because
 * nobody has written since the last one and nothing fell due, and knows until when that holds. With `check` each of them is
 * asked all the same, and an answer that is not empty is a fault of the simulation.
 */
export interface IdleSkipper {
  /** Below all faults: sees what was really written. */
  watch(store: CallStore): CallStore;
  /** Above all faults: what is skipped is no effect at all. */
  around(store: CallStore): CallStore;
  watchInbox(inbox: Inbox): Inbox;
  aroundInbox(inbox: Inbox): Inbox;
  /** Something else was written that a claim reads. */
  touched(): void;
  /** Until when no look finds anything, by the times that are in the database; `undefined` when that is not known. */
  quietUntilMs(nowMs: number): number | undefined;
}

interface Look {
  readonly version: number;
  readonly limits: ClaimLimits | undefined;
  readonly result: ClaimResult;
}

export function createIdleSkipper(options: { readonly check: boolean }): IdleSkipper {
  let version = 0;
  let look: Look | undefined;
  /** When the lease of each live attempt ends. */
  const leases = new Map<string, number>();
  /** When each scheduled attempt falls due. */
  const due = new Map<string, number>();
  let room: ClaimRoom = { stopped: undefined, live: 0, capacity: undefined, lines: [] };
  const inboxDue = new Map<number, number>();
  let below: CallStore | undefined;
  let inboxBelow: Inbox | undefined;
  const inboxFloorMs = () => Math.min(Number.POSITIVE_INFINITY, ...inboxDue.values());
  const fault = (what: string): never => {
    throw new Error(`A look that was to be skipped found something: ${what}.`);
  };

  const firstDueMs = () => Math.min(Number.POSITIVE_INFINITY, ...due.values());
  const firstLeaseMs = () => Math.min(Number.POSITIVE_INFINITY, ...leases.values());
  /** Of these, what waits for dialling to go on: it is due at once then. */
  const stopped = new Set<string>();
  const note = (attempt: AttemptLife) => {
    if (attempt.state === 'scheduled') due.set(attempt.id, attempt.dueMs);
    else due.delete(attempt.id);
    if (attempt.state === 'scheduled' && attempt.heldBy === 'stop') stopped.add(attempt.id);
    else stopped.delete(attempt.id);
    if (!isLiveState(attempt)) leases.delete(attempt.id);
    // What is found after all is live again, and nobody owns it.
    else if (!leases.has(attempt.id)) leases.set(attempt.id, Number.NEGATIVE_INFINITY);
  };
  const lease = (ids: readonly { attemptId: string }[], untilMs: number) => {
    for (const { attemptId } of ids) leases.set(attemptId, untilMs);
  };

  function watch(store: CallStore): CallStore {
    below = store;
    return {
      ...store,
      async submit(call) {
        await store.submit(call);
        version += 1;
        note(call.life.attempt);
      },
      async claim(request, policy) {
        let decided: readonly ClaimDecision[] = [];
        const result = await store.claim(request, {
          room: (read) => policy.room(read),
          decide(view) {
            const made = policy.decide(view);
            decided = made.decisions;
            return made;
          },
        });
        room = result.room;
        for (const decision of decided) {
          if ('step' in decision) note(decision.step.attempt);
          else due.set(decision.call.ticket.attemptId, decision.askHookUntilMs);
        }
        if (!isEmpty(result)) version += 1;
        lease(
          result.dialing.map(({ call }) => call.ticket),
          request.nowMs + request.leaseMs,
        );
        return result;
      },
      async takeOver(request) {
        const taken = await store.takeOver(request);
        lease(
          taken.map(({ ticket }) => ticket),
          request.nowMs + request.leaseMs,
        );
        return taken;
      },
      async renew(request) {
        const renewed = await store.renew(request);
        lease(renewed, request.nowMs + request.leaseMs);
        return renewed;
      },
      async release(request) {
        for (const id of leases.keys()) leases.set(id, Number.NEGATIVE_INFINITY);
        return store.release(request);
      },
      async write(writes) {
        const written = await store.write(writes);
        // Not before: a look that was made while the write waited has not seen it.
        if (!writes.every(({ step }) => staysLive(step))) version += 1;
        writes.forEach(({ step }, index) => {
          if (!written[index]) return;
          note(step.attempt);
          note(step.life.attempt);
        });
        return written;
      },
      async clear(ticket, allowed) {
        const cleared = await store.clear(ticket, allowed);
        version += 1;
        if (cleared) due.set(ticket.attemptId, allowed.nowMs);
        return cleared;
      },
    };
  }

  function around(store: CallStore): CallStore {
    return {
      ...store,
      async claim(request, policy) {
        const nextDueMs = firstDueMs();
        if (nextDueMs > request.nowMs) {
          if (options.check && below && !isEmpty(await below.claim(request, policy))) fault('claim');
          const next = nextDueMs === Number.POSITIVE_INFINITY ? undefined : nextDueMs;
          return { dialing: [], askHook: [], changed: 0, nextDueMs: next, room };
        }
        if (look && nothingNew(look, request.nowMs) && same(policy.room(look.result.room), look.limits)) {
          if (options.check && below && !isEmpty(await below.claim(request, policy))) fault('claim');
          return look.result;
        }
        const before = version;
        const result = await store.claim(request, policy);
        const known = isEmpty(result) && before === version;
        look = known ? { version, limits: policy.room(result.room), result } : undefined;
        return result;
      },
      async takeOver(request) {
        if (request.nowMs >= firstLeaseMs()) return store.takeOver(request);
        if (options.check && below && (await below.takeOver(request)).length > 0) fault('takeover');
        return [];
      },
    };
  }

  /** Something is due and was not dialled when it was last looked at. */
  function heldUntilMs(): number {
    const closed = look?.limits?.closedLines.length ?? 0;
    if (look?.version !== version || closed > 0) return Number.NEGATIVE_INFINITY;
    return look.result.nextDueMs ?? Number.POSITIVE_INFINITY;
  }

  function nothingNew({ version: seen, result }: Look, nowMs: number): boolean {
    return seen === version && (result.nextDueMs ?? Number.POSITIVE_INFINITY) > nowMs;
  }

  return {
    watch,
    around,
    touched() {
      version += 1;
      for (const id of stopped) due.set(id, Number.NEGATIVE_INFINITY);
    },
    watchInbox(inbox) {
      inboxBelow = inbox;
      return {
        async put(item) {
          const id = await inbox.put(item);
          if (id !== undefined) inboxDue.set(id, item.dueMs);
          return id;
        },
        async take(request) {
          const items = await inbox.take(request);
          for (const { id } of items) inboxDue.set(id, request.untilMs);
          return items;
        },
        async done(id, atMs, note) {
          await inbox.done(id, atMs, note);
          inboxDue.delete(id);
        },
        async later(id, dueMs, note) {
          await inbox.later(id, dueMs, note);
          inboxDue.set(id, dueMs);
        },
      };
    },
    aroundInbox: (inbox) => ({
      ...inbox,
      async take(request) {
        if (request.nowMs >= inboxFloorMs()) return inbox.take(request);
        if (options.check && inboxBelow && (await inboxBelow.take(request)).length > 0) fault('inbox');
        return [];
      },
    }),
    quietUntilMs(nowMs) {
      const queueMs = firstDueMs();
      const untilMs = Math.min(firstLeaseMs(), inboxFloorMs(), queueMs > nowMs ? queueMs : heldUntilMs());
      return untilMs > nowMs ? untilMs : undefined;
    },
  };
}

/** It was live and is live: neither room nor queue have changed, nor anything else that a claim reads. */
function staysLive({ attempt, entries, effects }: LifeStep): boolean {
  const plain = entries.every(
    ({ kind }) => kind === 'progress' || kind === 'replied' || kind === 'taken-over',
  );
  return (
    isLiveState(attempt) && plain && effects.every(({ kind }) => kind === 'announce' || kind === 'hang-up')
  );
}

function same(a: ClaimLimits | undefined, b: ClaimLimits | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isEmpty({ dialing, askHook, changed }: ClaimResult): boolean {
  return dialing.length + askHook.length + changed === 0;
}
