import type {
  ApplyEvent,
  CallStore,
  CarrierRecords,
  IdempotencyKeys,
  VoiceProvider,
} from '../../src/calls/index.ts';
import type { Clock } from '../../src/kernel/clock.ts';
import type { Fetch } from '../../src/kernel/fetch.ts';
import type { Random } from './random.ts';
import type { Scenario } from './scenario.ts';
import type { SimClock } from './sim-clock.ts';

/** A fault of the kind that people build, as wrappers around what the engine that ships is given. */
export interface PlantedBug {
  readonly name: string;
  /** What somebody would have written to get it. */
  readonly story: string;
  /** A world in which it shows soon, for a test that must not take long. The search for it goes without. */
  readonly tempt?: (scenario: Scenario) => Scenario;
  readonly plant: (around: BugGround) => Partial<Wrappers>;
}

export interface Wrappers {
  store(store: CallStore): CallStore;
  idempotency(keys: IdempotencyKeys): IdempotencyKeys;
  provider(provider: VoiceProvider): VoiceProvider;
  carrier(carrier: CarrierRecords): CarrierRecords;
  fetch(fetch: Fetch): Fetch;
  clock(clock: Clock): Clock;
}

/** What a bug may use of the process that it is in. */
export interface BugGround {
  readonly clock: Clock;
  readonly sim: SimClock;
  readonly random: Random;
  readonly rows: <Row>(text: string, values?: readonly unknown[]) => Promise<Row[]>;
  readonly applyEvent: () => ApplyEvent;
}
