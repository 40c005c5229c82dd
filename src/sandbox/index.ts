import type { Clock } from '../kernel/clock.ts';
import type { Fetch } from '../kernel/fetch.ts';
import type { RandomBytes } from '../kernel/ids.ts';
import { demoAccount } from './demo-account.ts';
import { createFaults, type Faults } from './faults.ts';
import { type Listening, listen } from './http/listen.ts';
import { createJournal, type Journal, type JournalledRequest } from './journal.ts';
import { createMonitorSocket } from './monitor.ts';
import { createSandboxIds } from './sandbox-ids.ts';
import type { SandboxState } from './state.ts';
import type { StateStore } from './state-file.ts';
import { createCourier } from './webhooks/courier.ts';
import { createWorld } from './world.ts';

export { callees } from './callees/index.ts';
export { demo, demoAccount } from './demo-account.ts';
export type { Fault, FaultRule, Faults } from './faults.ts';
export { type FidelityRow, type FidelityStatus, fidelity } from './fidelity.ts';
export type { Journal, JournalledRequest } from './journal.ts';
export type { SandboxState } from './state.ts';
export { readStateDocument } from './state-document.ts';
export { createStateFile, type StateStore } from './state-file.ts';

export interface SandboxOptions {
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  /** Sends webhooks. */
  readonly fetch: Fetch;
  /** The world to start with where the store has none; the demo account when not given. */
  readonly state?: SandboxState | undefined;
  /** Where the world is kept between processes; without it, it ends with this one. */
  readonly store?: StateStore | undefined;
  /** Strikes requests and webhooks with faults by chance, the same ones for the same seed. */
  readonly faultSeed?: number | undefined;
  /** Told of each request that was refused, or of which a part was ignored; `journal.explain` says why. */
  readonly refused?: ((entry: JournalledRequest) => void) | undefined;
}

export interface Sandbox {
  /** Serves both providers on 127.0.0.1, on a free port when none is given. */
  listen(port?: number): Promise<Listening>;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly state: SandboxState;
}

/** A world in which no phone rings: ElevenLabs, Twilio and the people who answer. Throws AppError for a state that cannot be read. */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { clock, randomBytes, store } = options;
  const journal = createJournal(options.refused);
  const faults = createFaults(options.faultSeed);
  const world = createWorld({
    clock,
    ids: createSandboxIds(randomBytes),
    journal,
    faults,
    state: (await store?.load()) ?? options.state ?? demoAccount(),
    store,
  });
  const courier = createCourier(world, options.fetch);
  return {
    async listen(port = 0) {
      const listening = await listen(world, createMonitorSocket(world), port);
      courier.start();
      return {
        url: listening.url,
        close() {
          courier.stop();
          return listening.close();
        },
      };
    },
    journal,
    faults,
    get state() {
      return world.state;
    },
  };
}
