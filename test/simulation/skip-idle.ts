import type { CallStore, ClaimLimits, ClaimResult, Inbox } from '../../src/calls/index.ts';

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

export function createIdleSkipper(options: {
  readonly check: boolean;
  /** When the first lease of a live attempt ends. */
  readonly firstLeaseMs: () => Promise<number>;
}): IdleSkipper {
  let version = 0;
  let look: Look | undefined;
  /** No lease of a live attempt ends sooner than that. */
  let leaseFloorMs = Number.POSITIVE_INFINITY;
  const inboxDue = new Map<number, number>();
  let below: CallStore | undefined;
  let inboxBelow: Inbox | undefined;
  const inboxFloorMs = () => Math.min(Number.POSITIVE_INFINITY, ...inboxDue.values());
  const fault = (what: string): never => {
    throw new Error(`A look that was to be skipped found something: ${what}.`);
  };

  function watch(store: CallStore): CallStore {
    below = store;
    return {
      ...store,
      async submit(call) {
        await store.submit(call);
        version += 1;
      },
      async claim(request, policy) {
        const result = await store.claim(request, policy);
        if (!isEmpty(result)) version += 1;
        if (result.dialing.length > 0) leaseFloorMs = Math.min(leaseFloorMs, request.nowMs + request.leaseMs);
        return result;
      },
      async takeOver(request) {
        const taken = await store.takeOver(request);
        if (taken.length > 0) leaseFloorMs = Math.min(leaseFloorMs, request.nowMs + request.leaseMs);
        else leaseFloorMs = await options.firstLeaseMs();
        return taken;
      },
      async renew(request) {
        leaseFloorMs = Math.min(leaseFloorMs, request.nowMs + request.leaseMs);
        return store.renew(request);
      },
      async release(request) {
        leaseFloorMs = Number.NEGATIVE_INFINITY;
        return store.release(request);
      },
      async write(writes) {
        version += 1;
        // What is found after all is live again, and nobody owns it.
        const found = writes.some(({ step }) => step.entries.some(({ kind }) => kind === 'found'));
        if (found) leaseFloorMs = Number.NEGATIVE_INFINITY;
        return store.write(writes);
      },
      async clear(ticket, allowed) {
        version += 1;
        return store.clear(ticket, allowed);
      },
    };
  }

  function around(store: CallStore): CallStore {
    return {
      ...store,
      async claim(request, policy) {
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
        if (request.nowMs >= leaseFloorMs) return store.takeOver(request);
        if (options.check && below && (await below.takeOver(request)).length > 0) fault('takeover');
        return [];
      },
    };
  }

  function nothingNew({ version: seen, result }: Look, nowMs: number): boolean {
    return seen === version && (result.nextDueMs ?? Number.POSITIVE_INFINITY) > nowMs;
  }

  return {
    watch,
    around,
    touched() {
      version += 1;
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
      if (look?.version !== version || (look.limits?.closedLines.length ?? 0) > 0) return undefined;
      const untilMs = Math.min(
        look.result.nextDueMs ?? Number.POSITIVE_INFINITY,
        leaseFloorMs,
        inboxFloorMs(),
      );
      return untilMs > nowMs ? untilMs : undefined;
    },
  };
}

function same(a: ClaimLimits | undefined, b: ClaimLimits | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isEmpty({ dialing, askHook, changed }: ClaimResult): boolean {
  return dialing.length + askHook.length + changed === 0;
}
