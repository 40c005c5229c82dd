import { agent } from '../../src/wire/elevenlabs/agent-reply.ts';
import { createCallers } from './callers.ts';
import { observeCommits } from './commits.ts';
import type { SimDatabase } from './database.ts';
import { createDeliveries } from './deliveries.ts';
import { beginFaults } from './faults.ts';
import { createFleet, type Fleet } from './fleet.ts';
import type { Ground } from './ground.ts';
import { createBook } from './oracle/book.ts';
import { createJudgeCommit } from './oracle/judge-commit.ts';
import { judgeDatabase } from './oracle/judge-database.ts';
import { type Ends, judgeEnd } from './oracle/judge-end.ts';
import { createJudgePace } from './oracle/judge-pace.ts';
import type { PlantedBug } from './planted-bug.ts';
import { createRandom } from './random.ts';
import { createScenario, type Scenario } from './scenario.ts';
import { createSimClock } from './sim-clock.ts';
import { createIdleSkipper } from './skip-idle.ts';
import { createTrace } from './trace.ts';
import type { Phone } from './world/phone.ts';
import { createWorld } from './world/world.ts';

export interface RunOptions {
  readonly bug?: PlantedBug | undefined;
  /** Changes the world that the seed makes. */
  readonly bend?: ((scenario: Scenario) => Scenario) | undefined;
  /** Keep the lines of the trace, for reading. */
  readonly keepTrace?: boolean;
  /** Ask what is skipped all the same. */
  readonly checkSkips?: boolean;
}

export interface RunResult extends Ends {
  readonly seed: number;
  readonly violations: readonly string[];
  /** The same for the same seed, on any machine. */
  readonly hash: string;
  readonly trace: readonly string[];
  readonly calls: number;
  readonly attempts: number;
  readonly dials: number;
  readonly crashes: number;
  readonly takeovers: number;
  readonly simulatedMs: number;
}

/** After the last deadline, with a quiet period, a person's answer and all that may follow on it. */
const AND_LONGEST_MS = 150 * 3_600_000;

/** One seed: a world, its faults and what Donna makes of them. */
export async function runSeed(
  database: SimDatabase,
  seed: number,
  options: RunOptions = {},
): Promise<RunResult> {
  await database.clean();
  const scenario = (options.bend ?? same)(createScenario(seed));
  const random = createRandom(`run/${seed}`);
  const sim = createSimClock(() => database.busy());
  const trace = createTrace(() => sim.nowMs, options.keepTrace ?? false);
  const book = createBook(scenario, sim, (what) => trace.add('judge', what));
  const skipper = createIdleSkipper({ check: options.checkSkips ?? false });
  let takeovers = 0;
  const told: { ended: (phone: Phone) => void; saw: ReturnType<typeof createCallers>['saw'] } = {
    ended() {},
    saw() {},
  };
  const judgeCommit = createJudgeCommit(book);
  const ground: Ground = {
    ...{ scenario, sim, random, trace, book, database, skipper },
    world: createWorld({
      sim,
      random: random.fork('world'),
      facts: scenario.world,
      startWallMs: scenario.startWallMs,
      ended: (phone) => told.ended(phone),
    }),
    calls: observeCommits(skipper.watch(database.stores.calls), (commit) => {
      judgeCommit(commit);
      for (const { kind, data } of commit.entries) {
        if (kind === 'taken-over') takeovers += 1;
        trace.add('database', `${commit.attempt.id} ${kind} ${JSON.stringify(data)}`);
      }
      told.saw(commit);
    }),
    inbox: skipper.watchInbox(database.stores.inbox),
    storeWeather: { failing: 0, slowMs: 0 },
    agent: agentOf(scenario.world.zeroRetention),
    judgePace: createJudgePace(book),
    bug: options.bug,
  };
  const fleet = createFleet(ground);
  const callers = createCallers(ground, fleet);
  Object.assign(told, { ended: createDeliveries(ground, fleet), saw: callers.saw });

  callers.begin();
  beginFaults(ground, fleet);
  fleet.start(0);
  fleet.start(1);
  await sim.run(scenario.quietFromMs + AND_LONGEST_MS, () => isSettled(ground, fleet));
  for (const node of [0, 1]) fleet.crash(node);
  const ends = judgeEnd(book);
  await judgeDatabase(book, database);
  return {
    ...ends,
    seed,
    violations: book.violations,
    hash: trace.hash,
    trace: trace.lines,
    calls: book.calls.size,
    attempts: book.attempts.size,
    dials: book.requests.length,
    crashes: fleet.crashes - 2,
    takeovers,
    simulatedMs: sim.nowMs,
  };
}

function same(scenario: Scenario): Scenario {
  return scenario;
}

/** Nothing is left that anybody waits for. */
function isSettled({ sim, scenario, book, world }: Ground, fleet: Fleet): boolean {
  if (sim.nowMs <= scenario.quietFromMs || fleet.asked > 0) return false;
  if (book.acknowledged.size < scenario.intents.length) return false;
  for (const { life } of book.calls.values()) if (!life.result) return false;
  return !world.phones.some(({ endMs }) => endMs > sim.nowMs) && sim.nowMs > lastActMs(scenario);
}

function lastActMs({ intents, stop }: Ground['scenario']): number {
  const acts = intents.flatMap(({ atMs, cancelInMs = 0, redialTooEarlyInMs = 0, suppressInMs = 0 }) => [
    atMs + Math.max(cancelInMs, redialTooEarlyInMs, suppressInMs),
  ]);
  return Math.max(...acts, stop ? stop.atMs + stop.forMs : 0);
}

function agentOf(zeroRetention: boolean): Ground['agent'] {
  return agent.parse({
    agent_id: 'agent_one',
    name: 'Donna',
    conversation_config: { agent: { first_message: 'Good day.', prompt: { prompt: 'Be brief.' } } },
    platform_settings: { privacy: { zero_retention_mode: zeroRetention } },
  });
}
