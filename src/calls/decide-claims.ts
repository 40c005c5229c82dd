import { parsePhoneNumber } from '../kernel/phone-number.ts';
import type { Usage } from './budget.ts';
import type { ClaimDecision, ClaimPolicy, ClaimView, LinePace, StoredCall } from './call-store.ts';
import { type GateFacts, type GatePolicy, gateDial } from './gate.ts';
import type { LifeEvent } from './life.ts';
import { advance } from './life-cycle.ts';
import { plainNumber } from './line.ts';
import { capacityNow, defaultCallsPerSecond, PACE_HORIZON_MS, paceSlot } from './pace.ts';

export interface ClaimSettings {
  readonly gate: GatePolicy;
  /** Calls that may be live at once, on all nodes together. */
  readonly concurrency: number;
  /** Of these, kept for calls that a person waits for. */
  readonly reserve: number;
  /** By line id; `*` is every line that is not here, and 1 where there is none. */
  readonly callsPerSecond: ReadonlyMap<string, number>;
}

/** Longer than the hook may take to answer. */
const HOOK_MS = 15_000;
const BATCH = 50;
/** A fault of ours is mended by a new version, not by looking each second. */
const FAULT_MS = 300_000;

/**
 * What a claim dials, decided under the lock that serialises the claims of all nodes: capacity with its reserve, the pace of each
 * line, and the gate for each attempt, each pass counted before the next is looked at.
 */
export function createClaimPolicy(settings: ClaimSettings, nowMs: number): ClaimPolicy {
  const paceOf = (lineId: string) =>
    settings.callsPerSecond.get(lineId) ?? settings.callsPerSecond.get('*') ?? defaultCallsPerSecond;
  const ordinary = (capacity: number) => Math.max(1, capacity - settings.reserve);

  return {
    room(room) {
      // Nothing is dialled, but the timeline says why, and what is past its deadline ends.
      if (room.stopped) return { limit: BATCH, closedLines: [], personWaitingOnly: false };
      const capacity = capacityNow(settings.concurrency, room.capacity, nowMs);
      const left = capacity - room.live;
      if (left <= 0) return undefined;
      return {
        limit: Math.min(left, BATCH),
        closedLines: room.lines
          .filter((line) => !paceSlot(line, paceOf(line.lineId), nowMs))
          .map(({ lineId }) => lineId),
        personWaitingOnly: room.live >= ordinary(capacity),
      };
    },
    decide(view) {
      const capacity = capacityNow(settings.concurrency, view.capacity, nowMs);
      const tally = createTally(view);
      const decisions: ClaimDecision[] = [];
      for (const call of view.candidates) {
        const most = call.plan.personWaiting ? capacity : ordinary(capacity);
        if (tally.live >= most && !view.stopped) continue;
        const event = judgeSafely(call, settings.gate, tally.facts(call), nowMs);
        if (event === 'ask-hook') {
          decisions.push({ call, askHookUntilMs: nowMs + HOOK_MS });
          continue;
        }
        let sendAtMs: number | undefined;
        if (event.kind === 'claimed') {
          const { line } = call.plan;
          const slot = paceSlot(tally.pace(line.id, nowMs), paceOf(line.id), nowMs);
          if (!slot) continue;
          sendAtMs = slot.sendAtMs;
          tally.pass(call, slot.next);
        }
        // A claim starts no further attempt, so it needs no new id; a refusal ends the call.
        const newAttemptId = () => {
          throw new Error('A claim schedules no other attempt.');
        };
        decisions.push({ call, step: advance(call.life, event, { atMs: nowMs, newAttemptId }), sendAtMs });
      }
      return { decisions, lines: tally.changedLines() };
    },
  };
}

/** When the lines that are closed now open again; `undefined` when none is. */
export function nextPaceMs(lines: readonly LinePace[], nowMs: number): number | undefined {
  const closed = lines.map(({ nextMs }) => nextMs - PACE_HORIZON_MS).filter((atMs) => atMs > nowMs);
  return closed.length > 0 ? Math.min(...closed) : undefined;
}

/** One call that cannot be judged, as one that an older node wrote may be, must not stop all others: it waits, and says why. */
function judgeSafely(...args: Parameters<typeof judge>): ReturnType<typeof judge> {
  try {
    return judge(...args);
  } catch (error) {
    const why = error instanceof Error ? error.name : 'unknown';
    const sentence = `The call could not be judged (${why}); it is looked at again.`;
    return { kind: 'gate-waits', rule: 'fault', untilMs: args[3] + FAULT_MS, sentence };
  }
}

function judge(call: StoredCall, gate: GatePolicy, facts: GateFacts, nowMs: number): LifeEvent | 'ask-hook' {
  const { life, plan } = call;
  if (nowMs > life.deadlineMs) return { kind: 'expired' };
  const to = parsePhoneNumber(plan.to);
  const from = parsePhoneNumber(plainNumber(plan.line));
  if (to.kind !== 'number') {
    return {
      kind: 'gate-refused',
      rule: 'number',
      sentence: `The number of the call cannot be read: ${to.why}.`,
      fix: 'Ask for the call again.',
    };
  }
  const country = from.kind === 'number' ? from.facts.country : undefined;
  const decision = gateDial(
    gate,
    {
      to: to.facts,
      line: { number: plan.line.number, country },
      zones: plan.zones,
      window: plan.window,
      bypass: plan.bypass,
      keyBudget: plan.keyBudget,
    },
    facts,
  );
  switch (decision.kind) {
    case 'pass':
      return { kind: 'claimed', bypassed: decision.bypassed };
    case 'wait':
      // What would wait past the deadline ends there, so that a call is never postponed for ever.
      return { ...decision, kind: 'gate-waits', untilMs: Math.min(decision.untilMs, life.deadlineMs + 1) };
    case 'refuse':
      return { ...decision, kind: 'gate-refused' };
    case 'ask-hook':
      return 'ask-hook';
  }
}

/** What the passes of this claim have used up so far, on top of what was read. */
function createTally(view: ClaimView) {
  const taken = new Set(view.liveDestinations);
  const byKey = new Map(view.usageByKey);
  const lines = new Map(view.lines.map((line) => [line.lineId, line]));
  const changed = new Map<string, LinePace>();
  let total = view.usageTotal;
  let live = view.live;
  const oneMore = (usage: Usage): Usage => ({ ...usage, calls: usage.calls + 1 });
  const usageOf = (keyId: string) => byKey.get(keyId) ?? { calls: 0, seconds: 0, cents: 0 };
  return {
    get live() {
      return live;
    },
    facts: ({ plan, clearedUntilMs }: StoredCall): GateFacts => ({
      nowMs: view.nowMs,
      stopped: view.stopped,
      suppression: view.suppressions.get(plan.toHash),
      liveForDestination: taken.has(plan.toHash),
      usageTotal: total,
      usageOfKey: usageOf(plan.keyId),
      clearedUntilMs,
    }),
    pace: (lineId: string, nowMs: number): LinePace =>
      lines.get(lineId) ?? { lineId, nextMs: nowMs, slowedMs: undefined },
    pass({ plan }: StoredCall, pace: LinePace) {
      taken.add(plan.toHash);
      live += 1;
      total = oneMore(total);
      byKey.set(plan.keyId, oneMore(usageOf(plan.keyId)));
      lines.set(pace.lineId, pace);
      changed.set(pace.lineId, pace);
    },
    changedLines: () => [...changed.values()],
  };
}
