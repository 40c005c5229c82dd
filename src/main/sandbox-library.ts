import { type Clock, fasterClock, realClock } from '../kernel/clock.ts';
import { type RandomBytes, realRandomBytes } from '../kernel/ids.ts';
import {
  createSandbox as createSandboxWith,
  createStateFile,
  readStateDocument,
  type Sandbox,
} from '../sandbox/index.ts';
import { createSandboxFetch } from './sandbox-fetch.ts';

export type { Clock } from '../kernel/clock.ts';
export type { RandomBytes } from '../kernel/ids.ts';
export { createVirtualClock, type VirtualClock } from '../kernel/virtual-clock.ts';
export type {
  Fault,
  FaultRule,
  Faults,
  Journal,
  JournalledRequest,
  Sandbox,
  SandboxState,
} from '../sandbox/index.ts';
export { callees, demo, demoAccount } from '../sandbox/index.ts';

export interface SandboxOptions {
  /** The account to start from, as an object of JSON; the demo account when not given. */
  readonly state?: unknown;
  /** A file in which the account outlives this process. */
  readonly file?: string;
  /** How many times faster than life calls go; 1 unless given. Not together with `clock`. */
  readonly speed?: number;
  /** A clock of your own, such as a virtual one that a test moves. */
  readonly clock?: Clock;
  /** Makes ids; seed it to get the same ones in each run. */
  readonly randomBytes?: RandomBytes;
  /** Strikes a fifth of the requests and webhooks with faults, the same ones for the same seed. */
  readonly faultSeed?: number;
}

/**
 * A pretended ElevenLabs and Twilio for your tests: `listen()` it, and point any client at its URL with the key `sandbox`. No
 * phone rings; `journal.rings` counts those that would have. Throws AppError for a state that cannot be read.
 */
export function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { state, file, faultSeed } = options;
  return createSandboxWith({
    clock: options.clock ?? fasterClock(realClock, options.speed ?? 1),
    randomBytes: options.randomBytes ?? realRandomBytes,
    fetch: createSandboxFetch(),
    state: state === undefined ? undefined : readStateDocument(state),
    store: file === undefined ? undefined : createStateFile(file),
    faultSeed,
  });
}
