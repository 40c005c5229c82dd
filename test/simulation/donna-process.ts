import {
  type ApplyEvent,
  createApplyEvent,
  createSubmitCall,
  createTakeIn,
  type HookAnswer,
  type IdempotencyKeys,
  type Inbox,
  type StopSwitch,
  type SubmitCall,
  type SuppressionList,
} from '../../src/calls/index.ts';
import { createEngine, type Engine } from '../../src/engine/engine.ts';
import { createInboxLoop } from '../../src/engine/jobs/inbox-loop.ts';
import { POLL_MS } from '../../src/engine/ports.ts';
import { createIds } from '../../src/kernel/ids.ts';
import { throughNode } from './faulty-store.ts';
import type { Ground } from './ground.ts';
import { createNode, type SimNode } from './node.ts';
import { createJudgeSent } from './oracle/judge-sent.ts';
import type { Wrappers } from './planted-bug.ts';
import { createCarrierOf, createProviderOf, createWorldFetch } from './world/provider-of.ts';

/** Donna as she ships, as one process on one node: engine, deliveries and the verbs of the API. */
export interface DonnaProcess {
  readonly node: SimNode;
  readonly engine: Engine;
  readonly submit: SubmitCall;
  readonly applyEvent: ApplyEvent;
  readonly inbox: Inbox;
  readonly suppressions: SuppressionList;
  readonly stopSwitch: StopSwitch;
  loadCall(callId: string): ReturnType<Ground['calls']['loadCall']>;
  start(): void;
  /** Something new is in the inbox. */
  nudgeInbox(): void;
  /** As SIGTERM; resolves when nothing of it is left to do. */
  stop(): Promise<void>;
}

export const hashSecret = 'simulated';

export function startDonna(
  ground: Ground,
  place: {
    readonly name: string;
    readonly owner: string;
    readonly skewMs: number;
    readonly died: () => void;
  },
): DonnaProcess {
  const { scenario, sim, trace, world, book, skipper, agent, database } = ground;
  const random = ground.random.fork(place.owner);
  let stopping = false;
  let engine: Engine | undefined;
  const node = createNode({
    ...place,
    sim,
    startWallMs: scenario.startWallMs,
    random,
    sleepMs(delayMs) {
      // Shorter ones are no looks: a dial waits for the pace of its line before its session is counted.
      const idle = engine?.owned === 0 && !stopping && delayMs >= POLL_MS;
      const quietUntilMs = idle ? skipper.quietUntilMs(node.wallMs()) : undefined;
      if (quietUntilMs === undefined || !idle) return { ms: delayMs, idle: false };
      const untilMs = Math.min(
        sim.nextEventMs(),
        sim.nowMs + quietUntilMs - node.wallMs(),
        sim.nowMs + DAY_MS,
      );
      // The looks stay in step: the one that may find something comes when it would have come.
      return { ms: delayMs * Math.max(1, Math.ceil((untilMs - sim.nowMs) / delayMs)), idle: true };
    },
  });
  let applyEvent: ApplyEvent | undefined;
  const planted: Partial<Wrappers> =
    ground.bug?.plant({
      clock: node.clock,
      sim,
      random: random.fork('bug'),
      rows: database.rows,
      applyEvent: () => applyEvent as ApplyEvent,
    }) ?? {};
  const through = <Port extends object>(port: Port) => throughNode(port, node, random, ground.storeWeather);
  const keep = <Value>(value: Value) => value;

  const clock = (planted.clock ?? keep)(node.clock);
  const plain = skipper.around(through(ground.calls));
  const store = (planted.store ?? keep)(plain);
  const idempotency: IdempotencyKeys = (planted.idempotency ?? keep)(through(database.stores.idempotency));
  const inbox = skipper.aroundInbox(through(ground.inbox));
  const suppressions = through(database.stores.suppressions);
  const stopSwitch = through(database.stores.stopSwitch);
  const newId = createIds(clock, random.fork('ids').bytes);

  const window = {
    node,
    world,
    sim,
    random,
    lines: scenario.lines,
    agent,
    begun: ground.judgePace,
    left: createJudgeSent(ground, node),
  };
  const fetch = (planted.fetch ?? keep)(createWorldFetch(window));
  const provider = (planted.provider ?? keep)(createProviderOf(window, fetch));
  const carrier = scenario.carrier ? (planted.carrier ?? keep)(createCarrierOf(window)) : undefined;
  applyEvent = createApplyEvent({ store, clock, newId });

  const trouble = ({ what, why }: { what: string; why: string }) => {
    trace.add(node.name, `trouble in ${what}: ${why.split('\n')[0]}`);
    // What is not refused by a port is a bug, and the engine tells it with its stack.
    if (/\n\s+at /.test(why)) book.violate(`the engine broke in ${what}: ${why.split('\n', 3).join(' ')}`);
  };
  const hookRandom = random.fork('hook');
  engine = createEngine({
    store,
    applyEvent,
    provider,
    carrier,
    clock,
    newId,
    owner: node.owner,
    claims: scenario.settings,
    askHook: scenario.hook
      ? (call) =>
          node.effect('hook', async (): Promise<HookAnswer> => {
            if (hookRandom.chance(0.1)) return { kind: 'refused', why: 'not this one' };
            if (hookRandom.chance(0.1)) return { kind: 'no-answer', why: 'timeout' };
            book.allowedAtMs.set(call.ticket.attemptId, sim.nowMs);
            return { kind: 'allowed' };
          })
      : undefined,
    notices: { changed() {}, dialled() {}, trouble },
  });
  const running = engine;
  const loop = createInboxLoop({
    inbox,
    takeIn: createTakeIn({
      store,
      applyEvent,
      provider,
      carrier,
      clock,
      written: ({ attemptId }) => running.notice(attemptId),
    }),
    clock,
    trouble,
  });
  return {
    node,
    engine: running,
    applyEvent,
    inbox,
    suppressions,
    stopSwitch,
    loadCall: (callId) => store.loadCall(callId),
    submit: createSubmitCall({
      provider,
      store: { submit: (call) => store.submit(withQuiet(ground, call)) },
      records: through(database.stores.records),
      idempotency,
      suppressions,
      zonesOf: ({ number }) => scenario.intents.filter(({ to }) => to === number).map(({ zone }) => zone),
      gate: scenario.settings.gate,
      secret: hashSecret,
      defaults: { agentId: agent.agent_id, from: undefined },
      attemptAsUserId: true,
      clock,
      newId,
      submitted: () => running.nudge(),
    }),
    start() {
      trace.add(node.name, `starts as ${node.owner}`);
      running.start();
      loop.start();
    },
    nudgeInbox: () => loop.nudge(),
    async stop() {
      stopping = true;
      await Promise.all([running.stop(), loop.stop()]);
    },
  };
}

const DAY_MS = 86_400_000;

type NewCall = Parameters<Ground['calls']['submit']>[0];

/** The quiet period fits how long calls last in this world: the one of real life would cost most of the time of a run. */
function withQuiet({ scenario }: Ground, call: NewCall): NewCall {
  const intent = scenario.intents[Number(call.plan.metadata.intent)];
  if (!intent) throw new Error('A call without an intent.');
  return { ...call, plan: { ...call.plan, quietMs: intent.quietMs } };
}
