import type { CallStore, Inbox } from '../../src/calls/index.ts';
import type { Agent } from '../../src/wire/elevenlabs/agent.ts';
import type { SimDatabase } from './database.ts';
import type { StoreWeather } from './faulty-store.ts';
import type { Book } from './oracle/book.ts';
import type { PlantedBug } from './planted-bug.ts';
import type { Random } from './random.ts';
import type { Scenario } from './scenario.ts';
import type { SimClock } from './sim-clock.ts';
import type { IdleSkipper } from './skip-idle.ts';
import type { Trace } from './trace.ts';
import type { World } from './world/world.ts';

/** What all parts of one run stand on. */
export interface Ground {
  readonly scenario: Scenario;
  readonly sim: SimClock;
  readonly random: Random;
  readonly trace: Trace;
  readonly world: World;
  readonly book: Book;
  readonly database: SimDatabase;
  /** The stores of the database, with everything that is committed written down. */
  readonly calls: CallStore;
  readonly inbox: Inbox;
  readonly skipper: IdleSkipper;
  readonly storeWeather: StoreWeather;
  readonly agent: Agent;
  /** A dial from this line begins. */
  readonly judgePace: (lineId: string) => void;
  readonly bug: PlantedBug | undefined;
}
