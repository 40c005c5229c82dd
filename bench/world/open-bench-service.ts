import {
  createApplyEvent,
  createSubmitCall,
  createZonesOfNumber,
  type GatePolicy,
  readZonePrefixes,
  type ServiceCallRequest,
  type SubmitCall,
} from '../../src/calls/index.ts';
import { createEngine, type Engine } from '../../src/engine/engine.ts';
import { createIds, realRandomBytes } from '../../src/kernel/ids.ts';
import type { PhoneNumberFacts } from '../../src/kernel/phone-number.ts';
import { cacheReads } from '../../src/providers/elevenlabs/cached-reads.ts';
import { createElevenLabsClient } from '../../src/providers/elevenlabs/client.ts';
import { createVoiceProvider } from '../../src/providers/elevenlabs/voice-provider.ts';
import { createNodeFetch } from '../../src/providers/node-fetch.ts';
import { createStores, type Stores } from '../../src/store/create-stores.ts';
import { createBenchClock } from './bench-clock.ts';
import type { BenchDatabase } from './open-bench-database.ts';

export interface BenchService {
  readonly submitCall: SubmitCall;
  readonly engine: Engine;
  readonly stores: Stores;
  close(): Promise<void>;
}

export const benchCaller = { keyId: 'key_1', keyBudget: undefined, name: 'bench' };

const gate: GatePolicy = {
  guard: { countries: undefined, blocked: [] },
  allowList: undefined,
  window: { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '08:00', to: '20:00' },
  budgetTotal: {},
  budgetPerKey: {},
  hook: false,
};

/** Submission, engine, stores and the real HTTP client, as main joins them, against a provider at `url`. */
export async function openBenchService(
  { database }: BenchDatabase,
  options: {
    readonly url: string;
    readonly concurrency: number;
    readonly callsPerSecond: number;
    /** A call came to its end. */
    readonly ended?: (callId: string) => void;
  },
): Promise<BenchService> {
  const clock = createBenchClock();
  const stores = createStores(database.pool);
  const newId = createIds(clock, realRandomBytes);
  const fetch = createNodeFetch({ connectTimeoutMs: 10_000, replyTimeoutMs: 30_000 });
  const client = createElevenLabsClient(fetch, { baseUrl: options.url, apiKey: 'bench' });
  const provider = cacheReads(createVoiceProvider(client, options.url), clock);
  const apply = createApplyEvent({ store: stores.calls, clock, newId });
  const engine = createEngine({
    store: stores.calls,
    async applyEvent(...event) {
      const applied = await apply(...event);
      if (applied.kind === 'applied' && applied.step.life.result) options.ended?.(applied.step.life.callId);
      return applied;
    },
    provider,
    clock,
    newId,
    owner: 'bench',
    claims: {
      gate,
      concurrency: options.concurrency,
      reserve: 0,
      callsPerSecond: new Map([['*', options.callsPerSecond]]),
    },
    notices: {
      changed() {},
      dialled() {},
      trouble: ({ what, why }) => console.error(`${what}: ${why}`),
    },
  });
  const submitCall = createSubmitCall({
    provider,
    store: stores.calls,
    records: stores.records,
    idempotency: stores.idempotency,
    suppressions: stores.suppressions,
    zonesOf: createZonesOfNumber(await readZonePrefixes()),
    gate,
    secret: 'a secret of the benches',
    defaults: { agentId: 'agent_1', from: { lineId: 'phnum_1' } },
    attemptAsUserId: true,
    clock,
    newId,
    submitted: () => engine.nudge(),
  });
  engine.start();
  return {
    submitCall,
    engine,
    stores,
    async close() {
      await engine.stop();
      fetch.close();
    },
  };
}

export function benchRequest(
  to: PhoneNumberFacts,
  more: Partial<ServiceCallRequest> = {},
): ServiceCallRequest {
  return {
    to,
    clientData: { dynamic_variables: { customer_name: 'Ada', invoice: '2026-017', amount: '1,250.00' } },
    record: false,
    redialAfterUnknown: false,
    bypass: {},
    metadata: {},
    personWaiting: false,
    origin: 'api',
    // Alaska and Hawaii sleep while New York has lunch.
    window: { days: gate.window.days, from: '08:00', to: '20:00', zone: 'America/New_York' },
    ...more,
  };
}
