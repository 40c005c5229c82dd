import {
  type CallingWindow,
  type ClaimSettings,
  type DiallableLine,
  defaultHours,
  defaultRetryPolicy,
  type RetryPolicy,
} from '../../src/calls/index.ts';
import { createRandom, type Random } from './random.ts';
import type { WorldFacts } from './world/world.ts';

/** Somebody who wants one call, and what they do about it afterwards. */
export interface Intent {
  readonly number: number;
  readonly atMs: number;
  readonly to: string;
  readonly line: DiallableLine;
  readonly zone: string;
  readonly window: CallingWindow | undefined;
  readonly retry: RetryPolicy;
  readonly redialAfterUnknown: boolean;
  readonly deadlineInMs: number;
  readonly quietMs: number;
  readonly personWaiting: boolean;
  readonly ownUserId: boolean;
  readonly bypass: Readonly<Partial<Record<'suppression', string>>>;
  /** The same request comes a second time, this long after the first. */
  readonly againInMs: number | undefined;
  readonly cancelInMs: number | undefined;
  readonly redialTooEarlyInMs: number | undefined;
  readonly suppressInMs: number | undefined;
  readonly retryAfterEnd: boolean;
}

export type Fault =
  | { readonly kind: 'crash'; readonly node: number; readonly atMs: number; readonly backInMs: number }
  | {
      readonly kind: 'crash-between';
      readonly node: number;
      readonly atMs: number;
      readonly boundary: number;
      readonly backInMs: number;
    }
  | { readonly kind: 'pause'; readonly node: number; readonly atMs: number; readonly forMs: number }
  | { readonly kind: 'jump'; readonly node: number; readonly atMs: number; readonly byMs: number }
  | { readonly kind: 'stop-gently'; readonly node: number; readonly atMs: number; readonly backInMs: number }
  | {
      readonly kind: 'storm' | 'unreachable' | 'dark' | 'store-fails' | 'store-slow';
      readonly atMs: number;
      readonly forMs: number;
    };

/** Everything that a seed decides before the run begins. */
export interface Scenario {
  readonly seed: number;
  readonly startWallMs: number;
  readonly settings: ClaimSettings;
  readonly lines: readonly DiallableLine[];
  readonly world: WorldFacts;
  readonly carrier: boolean;
  readonly skewMs: readonly number[];
  readonly intents: readonly Intent[];
  readonly faults: readonly Fault[];
  /** After it nothing is hurt any more. */
  readonly quietFromMs: number;
  readonly stop: { readonly atMs: number; readonly forMs: number } | undefined;
  readonly hook: boolean;
  readonly strangers: readonly { readonly atMs: number; readonly intent: number }[];
  readonly webhooks: { readonly lost: number; readonly doubled: number; readonly latestMs: number };
}

/** When it begins: New York is open, opens in five minutes, or closes in ten; Los Angeles opens at 17:00 UTC. */
const starts = ['15:00:00', '15:00:00', '17:30:00', '16:57:00', '13:55:00', '21:50:00'];

const places = [
  { prefix: '+12125550', zone: 'America/New_York' },
  { prefix: '+13125550', zone: 'America/Chicago' },
  { prefix: '+12135550', zone: 'America/Los_Angeles' },
];

export function createScenario(seed: number): Scenario {
  const random = createRandom(`scenario/${seed}`);
  const lines = linesOf(random);
  const startWallMs = Date.parse(`2026-01-05T${random.pick(starts)}Z`);
  const concurrency = random.weighted([
    [3, 1],
    [4, 2],
    [3, 3],
    [2, 4],
  ] as const);
  const callsPerSecond = new Map(lines.map((line) => [line.id, random.pick([1, 1, 2, 4])]));
  const calm = random.chance(0.1);
  // Once in a while the records are away for longer than a quiet period, and no webhook tells what they hold.
  const longDark = !calm && random.chance(0.04);
  const world: WorldFacts = {
    capacity: random.chance(0.7) ? concurrency + random.whole(0, 3) : Math.max(1, concurrency - 1),
    zeroRetention: random.chance(0.05),
    trouble: longDark ? 0.5 : random.pick([0, 0.1, 0.25, 0.5]),
    lagMs: random.pick([1_000, 10_000, 45_000]),
    processingMs: random.pick([2_000, 15_000, 50_000]),
    talkMs: random.pick([5_000, 20_000, 50_000]),
  };
  const intents = intentsOf(random, lines);
  const hook = random.chance(0.08);
  const last = Math.max(...intents.map(({ atMs }) => atMs));
  const quietFromMs = last + random.whole(120_000, 480_000) + (longDark ? 300_000 : 0);
  return {
    seed,
    startWallMs,
    lines,
    world,
    hook,
    intents,
    quietFromMs,
    settings: {
      gate: {
        guard: { countries: ['US'], blocked: [] },
        allowList: undefined,
        window: defaultHours,
        budgetTotal: random.chance(0.12) ? { calls: random.whole(2, 5) } : {},
        budgetPerKey: random.chance(0.12) ? { calls: random.whole(1, 3) } : {},
        hook,
      },
      concurrency,
      reserve: concurrency > 1 && random.chance(0.4) ? 1 : 0,
      callsPerSecond,
    },
    carrier: random.chance(0.85),
    skewMs: [0, random.chance(0.6) ? 0 : random.whole(-4_000, 4_000)],
    faults: [
      ...(calm ? [] : faultsOf(random, quietFromMs)),
      ...(longDark ? [{ kind: 'dark', atMs: 0, forMs: quietFromMs } as const] : []),
    ],
    stop: random.chance(0.15)
      ? { atMs: random.whole(1_000, last + 60_000), forMs: random.whole(5_000, 180_000) }
      : undefined,
    strangers: random.chance(0.3)
      ? Array.from({ length: random.whole(1, 2) }, () => ({
          atMs: random.whole(0, last + 40_000),
          intent: random.whole(0, intents.length - 1),
        }))
      : [],
    webhooks: {
      lost: longDark ? 1 : random.pick([0, 0.2, 1]),
      doubled: 0.3,
      latestMs: random.pick([500, 20_000, 200_000]),
    },
  };
}

function linesOf(random: Random): DiallableLine[] {
  const count = random.pick([1, 1, 2]);
  return Array.from({ length: count }, (_, index) => ({
    id: `phnum_${index + 1}`,
    number: `+1212555010${index}`,
    label: `Line ${index + 1}`,
    provider: random.chance(0.8) ? 'twilio' : 'sip_trunk',
    supportsOutbound: true,
    hasOutboundTrunk: true,
    assignedAgent: undefined,
  }));
}

function intentsOf(random: Random, lines: readonly DiallableLine[]): Intent[] {
  const count = random.weighted([
    [3, 1],
    [5, 2],
    [4, 3],
    [2, 4],
    [1, 5],
  ] as const);
  const people = Array.from({ length: Math.max(1, count - (random.chance(0.3) ? 1 : 0)) }, (_, index) => {
    const place =
      random.weighted([
        [8, places[0]],
        [2, places[1]],
        [1, places[2]],
      ] as const) ?? places[0];
    return { to: `${place?.prefix}1${50 + index}`, zone: place?.zone ?? 'UTC' };
  });
  return Array.from({ length: count }, (_, number) => {
    const person = random.pick(people);
    const quietMs = random.chance(0.04) ? 1_100_000 : 300_000;
    return {
      number,
      ...person,
      atMs: random.chance(0.5) ? random.whole(0, 3_000) : random.whole(0, 60_000),
      line: random.pick(lines),
      window: windowOf(random),
      retry: retryOf(random),
      redialAfterUnknown: random.chance(0.35),
      deadlineInMs: random.pick([120_000, 1_800_000, 3_600_000, 4 * 3_600_000]),
      quietMs,
      personWaiting: random.chance(0.2),
      ownUserId: random.chance(0.2),
      bypass: random.chance(0.1) ? { suppression: 'they asked to be called back' } : {},
      againInMs: random.chance(0.3) ? random.pick([0, 5, 400, 20_000]) : undefined,
      cancelInMs: random.chance(0.12) ? random.whole(200, 90_000) : undefined,
      redialTooEarlyInMs: random.chance(0.1) ? random.whole(2_000, 100_000) : undefined,
      suppressInMs: random.chance(0.07) ? random.whole(0, 90_000) : undefined,
      retryAfterEnd: random.chance(0.1),
    };
  });
}

function windowOf(random: Random): CallingWindow | undefined {
  return random.weighted<CallingWindow | undefined>([
    [8, undefined],
    [1, { days: ['mon', 'tue'], from: '08:00', to: '20:00' }],
    [1, { days: ['mon'], from: '09:58', to: '10:06' }],
  ]);
}

function retryOf(random: Random): RetryPolicy {
  const rule = random.weighted([
    [4, { delaysMinutes: [1], maxAttempts: 2 }],
    [4, { delaysMinutes: [1, 3], maxAttempts: 3 }],
    [2, undefined],
    [1, { delaysMinutes: [1], maxAttempts: 1 }],
  ] as const);
  if (!rule) return defaultRetryPolicy;
  return { 'no-answer': rule, busy: rule, voicemail: rule, declined: rule, failed: rule };
}

function faultsOf(random: Random, untilMs: number): Fault[] {
  const some = (kind: Fault['kind'], probability: number): Fault['kind'][] =>
    random.chance(probability) ? [kind] : [];
  const kinds = [
    ...some('crash', 0.25),
    ...some('crash-between', 0.5),
    ...some('crash-between', 0.3),
    ...some('pause', 0.35),
    ...some('pause', 0.15),
    ...some('jump', 0.3),
    ...some('stop-gently', 0.1),
    ...some('storm', 0.15),
    ...some('unreachable', 0.15),
    ...some('dark', 0.2),
    ...some('store-fails', 0.2),
    ...some('store-slow', 0.15),
  ];
  return kinds.map((kind) => {
    const node = random.whole(0, 1);
    const atMs = random.whole(0, untilMs - 100_000);
    const backInMs = random.pick([300, 5_000, 30_000]);
    switch (kind) {
      case 'crash':
      case 'stop-gently':
        return { kind, node, atMs, backInMs };
      case 'crash-between':
        return { kind, node, atMs: random.whole(0, 60_000), boundary: random.whole(1, 60), backInMs };
      case 'pause':
        return {
          kind,
          node,
          atMs: random.whole(0, 70_000),
          forMs: random.pick([800, 3_000, 18_000, 40_000, 90_000]),
        };
      case 'jump':
        return {
          kind,
          node,
          atMs,
          byMs: random.pick([-72_000_000, -3_600_000, -20_000, 4_000, 30_000, 600_000, 7_200_000]),
        };
      default:
        return { kind, atMs, forMs: random.whole(3_000, Math.min(90_000, untilMs - atMs)) };
    }
  });
}
