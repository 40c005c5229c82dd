import type { Clock } from '../kernel/clock.ts';
import type { Faults } from './faults.ts';
import type { WritableJournal } from './journal.ts';
import type { SandboxIds } from './sandbox-ids.ts';
import type { SandboxState } from './state.ts';
import type { StateStore } from './state-file.ts';
import { type CallAt, callAt } from './telephony/call-at.ts';
import type { CallRecord } from './telephony/call-record.ts';

/** What every route works on. */
export interface World {
  readonly clock: Clock;
  readonly ids: SandboxIds;
  readonly journal: WritableJournal;
  readonly faults: Faults;
  /** The state as it is now; replaced, never changed in place. */
  readonly state: SandboxState;
  /** Takes over what another process has saved. */
  refresh(): Promise<void>;
  /** Replaces the state and saves it; the change is made on what is saved at that moment. */
  change(edit: (state: SandboxState) => SandboxState): Promise<void>;
  /** Runs after each change of the state. */
  onChange(listener: () => void): void;
}

interface WorldParts {
  readonly clock: Clock;
  readonly ids: SandboxIds;
  readonly journal: WritableJournal;
  readonly faults: Faults;
  readonly state: SandboxState;
  readonly store?: StateStore | undefined;
}

const MOST_CALLS = 1000;

export function createWorld({ store, ...parts }: WorldParts): World {
  let state = parts.state;
  let busy: Promise<unknown> = Promise.resolve();
  const listeners: (() => void)[] = [];
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const run = busy.then(task, task);
    busy = run.catch(() => undefined);
    return run;
  };
  const reload = async () => {
    state = (await store?.load()) ?? state;
  };
  return {
    clock: parts.clock,
    ids: parts.ids,
    journal: parts.journal,
    faults: parts.faults,
    get state() {
      return state;
    },
    refresh: () => (store ? inTurn(reload) : Promise.resolve()),
    async change(edit) {
      const edited = (saved = state) => withoutOldest(edit(saved));
      await inTurn(async () => {
        state = store ? await store.change(edited) : edited();
      });
      for (const listener of listeners) listener();
    },
    onChange: (listener) => void listeners.push(listener),
  };
}

function withoutOldest(state: SandboxState): SandboxState {
  return state.calls.length > MOST_CALLS ? { ...state, calls: state.calls.slice(-MOST_CALLS) } : state;
}

/** Every call as it stands now, oldest first; without those that were deleted, unless they are asked for. */
export function callsNow(world: World, { withDeleted = false } = {}): CallAt[] {
  const nowMs = world.clock.now();
  return world.state.calls
    .filter((record) => withDeleted || !record.deleted)
    .map((record) => callAt(record, nowMs));
}

export function findCall(world: World, conversationId: string): CallAt | undefined {
  const record = world.state.calls.find((one) => one.conversation_id === conversationId && !one.deleted);
  return record && callAt(record, world.clock.now());
}

/** The state with one call's record changed. */
export function withCall(
  state: SandboxState,
  conversationId: string,
  change: Partial<CallRecord>,
): SandboxState {
  return {
    ...state,
    calls: state.calls.map((one) => (one.conversation_id === conversationId ? { ...one, ...change } : one)),
  };
}
