import type { Fleet } from './fleet.ts';
import type { Ground } from './ground.ts';
import type { Fault } from './scenario.ts';

/** Hurts the nodes and what they stand on, as the scenario says, and stops when it says so. */
export function beginFaults(ground: Ground, fleet: Fleet): void {
  const { scenario, sim, trace, world, storeWeather, book } = ground;
  const lastsUntilMs = new Map<string, number>();
  for (const fault of scenario.faults) {
    sim.schedule(fault.atMs, () => {
      if (sim.nowMs >= scenario.quietFromMs) return;
      trace.add('fate', describe(fault));
      begin(fault);
    });
  }
  for (const { atMs, intent } of scenario.strangers) {
    sim.schedule(atMs, () => {
      const like = scenario.intents[intent];
      if (!like) return;
      const provider = like.line.provider === 'twilio' ? 'twilio' : 'sip_trunk';
      const { to } = like;
      world.placeForStranger({
        to,
        from: like.line.number,
        agentId: ground.agent.agent_id,
        provider,
        ringMs: 20_000,
      });
    });
  }
  sim.schedule(scenario.quietFromMs, () => {
    trace.add('fate', 'nothing is hurt from now on');
    Object.assign(world.weather, { storm: false, unreachable: false, dark: false, faulty: false });
    Object.assign(storeWeather, { failing: 0, slowMs: 0 });
    for (const node of [0, 1]) {
      fleet.at(node)?.node.resume();
      fleet.at(node)?.node.crashAtBoundary(Number.POSITIVE_INFINITY);
      fleet.start(node);
    }
    book.quietFromMs = sim.nowMs;
  });

  function begin(fault: Fault): void {
    switch (fault.kind) {
      case 'crash':
        fleet.crash(fault.node);
        comeBack(fault.node, fault.backInMs);
        return;
      case 'crash-between': {
        const donna = fleet.at(fault.node);
        donna?.node.crashAtBoundary(fault.boundary);
        comeBack(fault.node, 60_000 + fault.backInMs);
        return;
      }
      case 'pause': {
        const donna = fleet.at(fault.node);
        donna?.node.pause();
        sim.schedule(fault.forMs, () => donna?.node.resume());
        return;
      }
      case 'jump':
        fleet.at(fault.node)?.node.jump(fault.byMs);
        return;
      case 'stop-gently': {
        const donna = fleet.at(fault.node);
        donna?.node.enter(() => {
          donna.stop().then(() => {
            donna.node.crash();
            comeBack(fault.node, fault.backInMs);
          });
        });
        return;
      }
      case 'store-fails':
        storeWeather.failing = 0.3;
        sim.schedule(fault.forMs, () => {
          storeWeather.failing = 0;
        });
        return;
      case 'store-slow':
        storeWeather.slowMs = 2_500;
        sim.schedule(fault.forMs, () => {
          storeWeather.slowMs = 0;
        });
        return;
      default: {
        const { kind } = fault;
        const untilMs = Math.max(sim.nowMs + fault.forMs, lastsUntilMs.get(kind) ?? 0);
        lastsUntilMs.set(kind, untilMs);
        world.weather[kind] = true;
        // One that began later may last longer, and one that ends sooner does not end it.
        sim.schedule(fault.forMs, () => {
          if (sim.nowMs >= (lastsUntilMs.get(kind) ?? 0)) world.weather[kind] = false;
        });
      }
    }
  }

  /** Somebody starts it again; `start` does nothing where a process runs. */
  function comeBack(node: number, inMs: number): void {
    sim.schedule(inMs, () => fleet.start(node));
  }
}

function describe(fault: Fault): string {
  const { kind, atMs: _, ...rest } = fault;
  return `${kind} ${JSON.stringify(rest)}`;
}
