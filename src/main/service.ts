import { lookup } from 'node:dns/promises';
import type { Hono } from 'hono';
import type { Logger } from 'pino';
import { announceKind, createAnnounceJob, deliverKind } from '../calls/announce/announce-job.ts';
import { createDeliverJob } from '../calls/announce/deliver-job.ts';
import type { Erasers } from '../calls/forget/erase-elsewhere.ts';
import { createForgetJob, forgetKind } from '../calls/forget/forget-job.ts';
import { createForgetPerson } from '../calls/forget/forget-person.ts';
import { createRetentionJob, nextRetention, retentionKind } from '../calls/forget/retention-job.ts';
import {
  type ApplyEvent,
  createApplyEvent,
  createSubmitCall,
  createTakeIn,
  createZonesOfNumber,
  numberHash,
  readZonePrefixes,
} from '../calls/index.ts';
import { createEngine } from '../engine/engine.ts';
import { createInboxLoop } from '../engine/jobs/inbox-loop.ts';
import { createJobRunner } from '../engine/jobs/job-runner.ts';
import type { Clock } from '../kernel/clock.ts';
import { createIds, type RandomBytes } from '../kernel/ids.ts';
import { type PhoneNumber, parsePhoneNumber } from '../kernel/phone-number.ts';
import { cacheReads } from '../providers/elevenlabs/cached-reads.ts';
import { createEraseConversation } from '../providers/elevenlabs/erase-conversation.ts';
import { createGateHook } from '../providers/gate-hook.ts';
import { createEraseRecordings } from '../providers/twilio/erase-recordings.ts';
import { createWebhookSender } from '../providers/webhook-sender.ts';
import { createMetrics } from '../server/metrics.ts';
import { createCallContact } from '../server/webhooks/call-contact.ts';
import { createElevenLabsWebhook } from '../server/webhooks/elevenlabs.ts';
import { createStores } from '../store/create-stores.ts';
import type { Database } from '../store/database.ts';
import { createWakeUps } from '../store/wake-ups.ts';
import { getConversationAudio } from '../wire/elevenlabs/conversation.ts';
import { awakeZones } from './awake-zones.ts';
import { createChangeBus } from './change-bus.ts';
import { claimSettings, gatePolicy } from './claim-settings.ts';
import type { Settings } from './config.ts';
import { createExplainFailure } from './explain-failure.ts';
import { observeCarrier, observeProvider } from './observe-provider.ts';
import { type Accounts, openProviders } from './world.ts';

export interface ServiceParts {
  readonly settings: Settings;
  readonly accounts: Accounts;
  readonly database: Database;
  /** Key of the hashes of numbers. */
  readonly secret: string;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  readonly log: Logger;
}

/** Joins engine, loops, providers and stores; the HTTP server is put before it. Nothing runs until `start`. */
export async function createService(parts: ServiceParts) {
  const { settings, accounts, database, secret, clock, randomBytes, log } = parts;
  const opened = openProviders(settings, accounts, clock);
  const { fetch, client, twilio, monitor } = opened;
  const stores = createStores(database.pool);
  const newId = createIds(clock, randomBytes);
  const owner = `node_${Buffer.from(randomBytes(12)).toString('hex')}`;
  const bus = createChangeBus();
  const metrics = createMetrics({ counts: stores.counts, clock });
  const provider = observeProvider(opened.provider, metrics.providerError);
  const carrier = opened.carrier && observeCarrier(opened.carrier, metrics.providerError);
  const applyPlain = createApplyEvent({ store: stores.calls, clock, newId });
  const explainFailure = createExplainFailure({ directory: settings.DONNA_DATA_DIR });
  const trouble = (facts: { what: string; why: string }) =>
    log.warn(facts, 'something failed and is tried again');

  /** Whoever wrote an event tells those who look at the call, and whichever node owns the attempt. */
  const applyEvent: ApplyEvent = async (attempt, event, fence) => {
    const applied = await applyPlain(attempt, event, fence);
    if (applied.kind !== 'applied') return applied;
    const { life, ticket } = applied.call;
    bus.changed(life.callId);
    const { result } = applied.step.life;
    if (result && !life.result) metrics.callEnded(result.kind);
    // The owner itself writes with its fence, and knows.
    if (fence === undefined) {
      engine.notice(ticket.attemptId);
      wakeUps.written(ticket.attemptId);
      dueNow();
    }
    return applied;
  };

  const engine = createEngine({
    store: stores.calls,
    applyEvent,
    provider,
    carrier,
    monitor,
    clock,
    newId,
    owner,
    claims: claimSettings(settings, accounts.sandbox),
    askHook: settings.DONNA_GATE_HOOK
      ? createGateHook({
          url: settings.DONNA_GATE_HOOK,
          secret: settings.DONNA_GATE_HOOK_SECRET,
          fetch,
          clock,
        })
      : undefined,
    explainFailure,
    notices: {
      changed: bus.changed,
      dialled({ attemptId, reply, ms }) {
        metrics.dialled(ms / 1000);
        log.info({ attemptId, reply, ms: Math.round(ms) }, 'dialled');
      },
      trouble,
    },
  });
  const wakeUps = await createWakeUps(database, clock, {
    due: () => engine.nudge(),
    written: (attemptId) => engine.notice(attemptId),
  });
  function dueNow(): void {
    engine.nudge();
    wakeUps.due();
  }

  const inboxLoop = createInboxLoop({
    inbox: stores.inbox,
    takeIn: createTakeIn({
      store: stores.calls,
      applyEvent,
      provider,
      carrier,
      clock,
      wipe: stores.erasure.wipe,
      records: stores.records,
    }),
    clock,
    trouble,
  });
  const send = createWebhookSender({
    resolve: (name) => lookup(name, { all: true }),
    allowPrivate: settings.DONNA_ALLOW_PRIVATE_WEBHOOKS,
  });
  const hashNumber = (number: PhoneNumber) => numberHash(secret, number);
  const erasers: Erasers = {
    conversation: createEraseConversation(client),
    carrierRecordings: twilio && createEraseRecordings(twilio),
  };
  const jobRunner = createJobRunner({
    queue: stores.jobs,
    handlers: {
      [announceKind]: createAnnounceJob({
        records: stores.records,
        endpoints: stores.endpoints,
        queue: stores.jobs,
        clock,
      }),
      [deliverKind]: createDeliverJob({ endpoints: stores.endpoints, send, clock }),
      [forgetKind]: createForgetJob({ erasers, clock }),
      [retentionKind]: createRetentionJob({
        erasure: stores.erasure,
        queue: stores.jobs,
        clock,
        days: settings.DONNA_RETENTION_DAYS,
        // PGlite has nobody who vacuums: without this the files grow, and keep the bytes of what was erased.
        reclaim: database.kind === 'embedded' ? () => database.pool.query('vacuum analyze') : undefined,
      }),
    },
    clock,
    owner,
    trouble,
  });

  const gate = gatePolicy(settings, accounts.sandbox);
  const submitCall = createSubmitCall({
    provider: cacheReads(provider, clock),
    store: stores.calls,
    records: stores.records,
    idempotency: stores.idempotency,
    suppressions: stores.suppressions,
    zonesOf: accounts.sandbox ? awakeZones(clock) : createZonesOfNumber(await readZonePrefixes()),
    gate,
    secret,
    defaults: { agentId: accounts.agentId, from: lineOf(accounts.from) },
    attemptAsUserId: settings.DONNA_ATTEMPT_AS_USER_ID,
    clock,
    newId,
    submitted: dueNow,
  });

  /** The receivers of webhooks. The secrets come from outside, since in the sandbox one is made once the server listens. */
  const webhooks = (secrets: () => readonly string[]): Hono[] => [
    createElevenLabsWebhook({
      secrets,
      inbox: stores.inbox,
      recordings: stores.recordings,
      clock,
      nudge: () => inboxLoop.nudge(),
      received: ({ lagMs }) => {
        if (lagMs !== undefined) metrics.webhookTakenIn(lagMs / 1000);
      },
      log,
    }),
    createCallContact({
      secret: settings.DONNA_CALL_CONTACT_SECRET ?? '',
      submitCall,
      budget: { calls: settings.DONNA_CALL_CONTACT_CALLS },
      log,
    }),
  ];

  return {
    stores,
    explainFailure,
    client,
    provider,
    engine,
    applyEvent,
    submitCall,
    metrics,
    bus,
    newId,
    webhooks,
    dueNow,
    hashNumber,
    forget: createForgetPerson({
      erasure: stores.erasure,
      store: stores.calls,
      applyEvent,
      erasers,
      queue: stores.jobs,
      hashNumber,
      clock,
    }),
    fetchRecording: (conversationId: string, signal: AbortSignal) =>
      client.find(getConversationAudio, { path: { conversation_id: conversationId }, signal }),
    async start() {
      await stores.jobs.add([nextRetention(clock.now())]);
      engine.start();
      inboxLoop.start();
      jobRunner.start();
    },
    async stop() {
      await engine.stop();
      await Promise.all([inboxLoop.stop(), jobRunner.stop()]);
      await wakeUps.close();
      fetch.close();
    },
  };
}

export type Service = Awaited<ReturnType<typeof createService>>;

/** As the settings name a line: by its id, or by its number. */
function lineOf(from: string | undefined): Parameters<typeof createSubmitCall>[0]['defaults']['from'] {
  if (from === undefined) return undefined;
  const parsed = parsePhoneNumber(from);
  return parsed.kind === 'number' ? { number: parsed.facts.number } : { lineId: from };
}
