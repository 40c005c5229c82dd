import type { Random } from '../random.ts';
import type { SimClock } from '../sim-clock.ts';
import { type Fate, isLive, type Phone, pickedUp } from './phone.ts';
import { type Reception, receiveDial } from './receive-dial.ts';

/** A request of a dial, as it arrives at the provider. */
export interface DialBody {
  readonly attemptId: string | undefined;
  readonly userId: string | undefined;
  readonly to: string;
  readonly from: string;
  readonly agentId: string;
  readonly provider: Phone['provider'];
  readonly ringMs: number;
}

/** How this world is, fixed by the seed before the run. */
export interface WorldFacts {
  /** Calls that the provider bears at once. */
  readonly capacity: number;
  readonly zeroRetention: boolean;
  /** Share of requests that go wrong in some way, while faults last. */
  readonly trouble: number;
  /** The longest that a list lags behind, that a call is processed, and that somebody talks. */
  readonly lagMs: number;
  readonly processingMs: number;
  readonly talkMs: number;
}

/** ElevenLabs, Twilio and the people who answer, as they really are. */
export interface World {
  readonly facts: WorldFacts;
  readonly startWallMs: number;
  /** All calls that were ever placed, the first one first. */
  readonly phones: readonly Phone[];
  dial(body: DialBody): Reception;
  /** Somebody else's call, or a call of another program with the same agent. */
  placeForStranger(body: Omit<DialBody, 'attemptId' | 'userId'>): void;
  hangUp(callSid: string): void;
  /** What makes it difficult; over after the faults. */
  readonly weather: Weather;
}

interface Weather {
  storm: boolean;
  /** Connections are refused. */
  unreachable: boolean;
  /** Records cannot be read. */
  dark: boolean;
  faulty: boolean;
}

const fates: readonly (readonly [number, Fate])[] = [
  [36, 'answered'],
  [14, 'voicemail'],
  [15, 'no-answer'],
  [12, 'busy'],
  [10, 'declined'],
  [13, 'failed'],
];

export interface WorldOptions {
  readonly sim: SimClock;
  readonly random: Random;
  readonly facts: WorldFacts;
  readonly startWallMs: number;
  /** Nobody rings or talks any more. */
  readonly ended: (phone: Phone) => void;
}

export function createWorld({ sim, random, facts, startWallMs, ended }: WorldOptions): World {
  const phones: Phone[] = [];
  const over = new Set<Phone>();
  const weather: Weather = { storm: false, unreachable: false, dark: false, faulty: true };

  function place({ ringMs, ...body }: DialBody): Phone {
    const number = phones.length + 1;
    const fate = random.weighted(fates);
    const rungMs = sim.nowMs + ringing(random, fate, ringMs);
    const talkMs = fate === 'answered' || fate === 'voicemail' ? random.whole(2_000, facts.talkMs) : 0;
    const serial = number.toString(16).padStart(32, '0');
    const phone: Phone = {
      ...body,
      conversationId: `conv_${number}`,
      callSid: body.provider === 'twilio' ? `CA${serial}` : undefined,
      sipCallId: body.provider === 'sip_trunk' ? `sip-${number}` : undefined,
      startMs: sim.nowMs,
      rungMs,
      fate,
      endMs: rungMs + talkMs,
      cancelled: false,
      shownMs: sim.nowMs + (random.chance(0.7) ? 0 : random.whole(0, facts.lagMs)),
      processingMs: random.whole(300, random.chance(0.6) ? 3_000 : facts.processingMs),
    };
    phones.push(phone);
    watchEnd(phone);
    return phone;
  }

  /** The end may come sooner than it was to be: then this is called once more. */
  function watchEnd(phone: Phone): void {
    sim.schedule(phone.endMs - sim.nowMs, () => {
      if (over.has(phone) || sim.nowMs < phone.endMs) return;
      over.add(phone);
      ended(phone);
    });
  }

  const liveOfOurs = () =>
    phones.filter((phone) => phone.attemptId !== undefined && isLive(phone, sim.nowMs)).length;

  return {
    facts,
    startWallMs,
    phones,
    weather,
    dial: (body) =>
      receiveDial(
        random,
        {
          storm: weather.storm,
          full: liveOfOurs() >= facts.capacity,
          trouble: weather.faulty ? facts.trouble : 0,
        },
        () => place(body),
      ),
    placeForStranger: (body) => void place({ ...body, attemptId: undefined, userId: undefined }),
    hangUp(callSid) {
      const phone = phones.find((one) => one.callSid === callSid);
      if (!phone || !isLive(phone, sim.nowMs)) return;
      if (!pickedUp(phone) || sim.nowMs < phone.rungMs) phone.cancelled = true;
      phone.endMs = sim.nowMs;
      watchEnd(phone);
    },
  };
}

function ringing(random: Random, fate: Fate, ringMs: number): number {
  if (fate === 'busy' || fate === 'failed') return random.whole(200, 2_000);
  return fate === 'no-answer' ? ringMs : random.whole(1_000, ringMs - 1_000);
}
