import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { usNumbers } from '../../bench/world/us-numbers.ts';
import { fasterClock, realClock } from '../../src/kernel/clock.ts';
import { realRandomBytes } from '../../src/kernel/ids.ts';
import { callees, createSandbox, demo, demoAccount } from '../../src/sandbox/index.ts';

/** The provider, the carrier and the people of a soak: a sandbox in this process, which lives on when a server dies. */
export interface SoakWorld {
  /** The environment of a node with a data directory of its own. */
  environment(node: string, more?: Record<string, string>): Promise<Record<string, string>>;
  /** Numbers whose phones ring, none twice. */
  numbers(count: number): string[];
  /** How often the phone of each number rang. */
  rings(): ReadonlyMap<string, number>;
  /** Dials that were received, answered or not. */
  dials(): number;
  close(): Promise<void>;
}

/** Seconds that a conversation may last here: the quiet period of an unknown attempt hangs on it. */
const LONGEST_SECS = 60;

/** @param speed how many times faster than life the sandbox plays calls */
export async function openSoakWorld(speed: number): Promise<SoakWorld> {
  const state = demoAccount();
  const sandbox = await createSandbox({
    clock: fasterClock(realClock, speed),
    randomBytes: realRandomBytes,
    fetch: async () => ({ status: 200, headers: {}, body: new Uint8Array() }),
    state: {
      ...state,
      account: { ...state.account, plan: 'enterprise', character_limit: 1e9 },
      agents: state.agents.map((agent) => ({
        ...agent,
        conversation_config: {
          ...agent.conversation_config,
          conversation: { max_duration_seconds: LONGEST_SECS },
        },
      })),
    },
  });
  const { url, close } = await sandbox.listen();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'donna-soak-'));
  return {
    async environment(node, more = {}) {
      return {
        DONNA_DATA_DIR: await mkdtemp(path.join(folder, `${node}-`)),
        ELEVENLABS_API_KEY: demo.apiKey,
        ELEVENLABS_BASE_URL: url,
        ELEVENLABS_AGENT_ID: demo.agentId,
        ELEVENLABS_PHONE_NUMBER_ID: demo.twilioLineId,
        TWILIO_ACCOUNT_SID: demo.twilioSid,
        TWILIO_AUTH_TOKEN: demo.twilioToken,
        TWILIO_BASE_URL: url,
        DONNA_CONCURRENCY: '15',
        DONNA_CALLS_PER_SECOND: '10',
        DONNA_SECRET: 'the secret of a soak',
        ...more,
      };
    },
    numbers(count) {
      const numbers: string[] = [];
      for (const { number } of usNumbers()) {
        if (numbers.length === count) break;
        const callee = callees.find(({ suffixes }) => suffixes.includes(number.slice(-4)));
        if (!callee?.refusal && number !== demo.twilioNumber && number !== demo.sipNumber)
          numbers.push(number);
      }
      return numbers;
    },
    rings() {
      const rings = new Map<string, number>();
      for (const { to } of sandbox.journal.rings) rings.set(to, (rings.get(to) ?? 0) + 1);
      return rings;
    },
    dials: () =>
      sandbox.journal.requests.filter(({ path: target }) => target.endsWith('/outbound-call')).length,
    async close() {
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
