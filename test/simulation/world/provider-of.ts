import type { CarrierRecords, DiallableLine, VoiceProvider } from '../../../src/calls/index.ts';
import { AppError } from '../../../src/kernel/errors.ts';
import { type Fetch, TransportError } from '../../../src/kernel/fetch.ts';
import { createElevenLabsClient } from '../../../src/providers/elevenlabs/client.ts';
import { dial } from '../../../src/providers/elevenlabs/dial.ts';
import type { Agent } from '../../../src/wire/elevenlabs/agent.ts';
import type { SimNode } from '../node.ts';
import type { Random } from '../random.ts';
import type { SimClock } from '../sim-clock.ts';
import type { Reception } from './receive-dial.ts';
import { carrierCallAt, conversationAt } from './records.ts';
import type { DialBody, World } from './world.ts';

const BASE_URL = 'https://voice.invalid';

interface Window {
  readonly node: SimNode;
  readonly world: World;
  readonly sim: SimClock;
  readonly random: Random;
  readonly lines: readonly DiallableLine[];
  readonly agent: Agent;
  /** A request of a dial has left; `got` is called when its answer arrives at the process. */
  /** The engine has begun a dial from a line. */
  readonly begun: (lineId: string) => void;
  readonly left: (body: DialBody, reception: Reception) => { readonly got: () => void };
}

/** What reaches the network from one process: the wire of the dial, below the client that ships. */
export function createWorldFetch({ node, world, sim, random, lines, left }: Window): Fetch {
  const wait = (ms: number) =>
    new Promise<void>((resolve) => sim.schedule(ms, () => node.enter(() => resolve())));
  return async (request) => {
    await wait(random.chance(0.9) ? random.whole(5, 150) : random.whole(150, 2_500));
    if (world.weather.unreachable) throw new TransportError('refused', false, 'the connection was refused');
    await request.beforeSend?.();
    const body = readDial(String(request.body), lines);
    const reception = world.dial(body);
    const { got } = left(body, reception);
    return node
      .effect(
        'dial',
        async () => {
          const { answer } = reception;
          if (answer.kind === 'nothing')
            throw new TransportError(answer.how, true, `the connection: ${answer.how}`);
          const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
          return { status: answer.status, headers: {}, body: new TextEncoder().encode(text) };
        },
        { thereMs: 0, backMs: reception.afterMs },
      )
      .finally(got);
  };
}

/** The provider as one process reaches it: dials by the client that ships, reads right from the world. */
export function createProviderOf(window: Window, fetch: Fetch): VoiceProvider {
  const { world, sim, lines, agent } = window;
  const client = createElevenLabsClient(fetch, { baseUrl: BASE_URL, apiKey: 'simulated' });
  const read = readerOf(window, 'ElevenLabs');
  const shown = (id: string) => {
    const phone = world.facts.zeroRetention
      ? undefined
      : world.phones.find((one) => one.conversationId === id);
    return phone && conversationAt(phone, sim.nowMs, world.startWallMs);
  };
  return {
    lines: async () => lines,
    line: async (id) => lines.find((line) => line.id === id),
    agent: async (id) => (id === agent.agent_id ? agent : undefined),
    agents: async () => [{ id: agent.agent_id, name: agent.name ?? '' }],
    dial(order, beforeSend) {
      window.begun(order.line.id);
      return dial(client, BASE_URL, order, beforeSend);
    },
    conversation: (id) => read(() => shown(id)),
    conversations: ({ agentId, userId, startedAfterSecs = 0, limit = 100 }) =>
      read(() =>
        world.phones
          .map((phone) => shown(phone.conversationId))
          .filter((one) => one !== undefined)
          .filter((one) => agentId === undefined || one.agent_id === agentId)
          .filter((one) => userId === undefined || one.user_id === userId)
          .filter((one) => (one.metadata.start_time_unix_secs ?? 0) >= startedAfterSecs)
          .map(({ agent_id, conversation_id, status }) => ({ agent_id, conversation_id, status }))
          .reverse()
          .slice(0, limit),
      ),
  };
}

export function createCarrierOf(window: Window): CarrierRecords {
  const { world, sim } = window;
  const read = readerOf(window, 'Twilio');
  const all = () => world.phones.map((phone) => carrierCallAt(phone, sim.nowMs, world.startWallMs));
  return {
    call: (sid) => read(() => all().find((call) => call?.sid === sid)),
    calls: ({ to, from, startedAfter }) =>
      read(() =>
        all()
          .filter((call) => call !== undefined)
          .filter((call) => call.to === to && call.from === from)
          .filter((call) => Date.parse(call.start_time ?? '') >= startedAfter.getTime()),
      ),
    hangUp: (sid) => read(() => world.hangUp(sid)),
  };
}

/** A look at the records of somebody else takes a moment, and fails now and then. */
function readerOf({ node, world, random }: Window, who: string) {
  return <Value>(look: () => Value): Promise<Value> => {
    const slow = random.chance(0.05);
    const ways = slow ? { thereMs: random.whole(10, 900), backMs: random.whole(10, 900) } : undefined;
    const fails = world.weather.faulty && random.chance(0.04);
    const run = async () => {
      if (!fails && !world.weather.dark) return look();
      throw new AppError('provider-unreachable', `${who} did not answer.`, { retryable: true });
    };
    return node.effect('read', run, ways);
  };
}

interface DialJson {
  readonly agent_id: string;
  readonly agent_phone_number_id: string;
  readonly to_number: string;
  readonly telephony_call_config?: { readonly ringing_timeout_secs?: number };
  readonly conversation_initiation_client_data: {
    readonly user_id?: string;
    readonly dynamic_variables: { readonly donna_attempt_id?: string };
  };
}

function readDial(text: string, lines: readonly DiallableLine[]): DialBody {
  const json = JSON.parse(text) as DialJson;
  const line = lines.find(({ id }) => id === json.agent_phone_number_id);
  if (!line) throw new Error(`There is no line ${json.agent_phone_number_id}.`);
  const started = json.conversation_initiation_client_data;
  return {
    attemptId: started.dynamic_variables.donna_attempt_id,
    userId: started.user_id,
    to: json.to_number,
    from: line.number,
    agentId: json.agent_id,
    provider: line.provider === 'twilio' ? 'twilio' : 'sip_trunk',
    ringMs: (json.telephony_call_config?.ringing_timeout_secs ?? 60) * 1000,
  };
}
