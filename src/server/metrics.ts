import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { OutcomeKind, ServiceCounts } from '../calls/index.ts';
import type { Clock } from '../kernel/clock.ts';

/** Figures of this node and of the database, for Prometheus. What happens is told to it; what stands in the database is counted when asked. */
export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
  callEnded(outcome: OutcomeKind): void;
  /** Seconds from the commit of a dial to the provider's answer. */
  dialled(seconds: number): void;
  /** `code` is a status or the kind of a broken connection. */
  providerError(operation: string, code: string): void;
  /** Seconds from the event of a webhook, or its receipt, until it was taken in. */
  webhookTakenIn(lagSeconds: number): void;
  requestServed(request: { operation: string; status: number; seconds: number }): void;
}

const fastBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const lagBuckets = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600];

export function createMetrics(deps: {
  readonly counts: ServiceCounts;
  readonly clock: Pick<Clock, 'now'>;
}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const ended = new Counter({
    name: 'donna_calls_ended_total',
    help: 'Calls that ended, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const dial = new Histogram({
    name: 'donna_dial_seconds',
    help: 'From the commit of a dial to the answer of the provider.',
    buckets: fastBuckets,
    registers,
  });
  const errors = new Counter({
    name: 'donna_provider_errors_total',
    help: 'Requests to the providers that failed.',
    labelNames: ['operation', 'code'],
    registers,
  });
  const lag = new Histogram({
    name: 'donna_webhook_lag_seconds',
    help: 'From the event of a webhook until it was taken in.',
    buckets: lagBuckets,
    registers,
  });
  const requests = new Histogram({
    name: 'donna_http_request_seconds',
    help: 'Requests to the API.',
    labelNames: ['operation', 'status'],
    buckets: fastBuckets,
    registers,
  });
  const countStored = storedGauges(deps, registers);

  return {
    contentType: registry.contentType,
    async text() {
      await countStored();
      return registry.metrics();
    },
    callEnded: (outcome) => ended.inc({ outcome }),
    dialled: (seconds) => dial.observe(seconds),
    providerError: (operation, code) => errors.inc({ operation, code }),
    webhookTakenIn: (seconds) => lag.observe(Math.max(0, seconds)),
    requestServed: ({ operation, status, seconds }) =>
      requests.observe({ operation, status: String(status) }, seconds),
  };
}

/** Gauges of what the database has; all nodes of one database tell the same. */
function storedGauges(
  { counts, clock }: { readonly counts: ServiceCounts; readonly clock: Pick<Clock, 'now'> },
  registers: Registry[],
): () => Promise<void> {
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const calls = new Gauge({
    name: 'donna_calls',
    help: 'Calls in the database, by status.',
    labelNames: ['status'],
    registers,
  });
  const due = gauge('donna_queue_due', 'Attempts that are due and not yet dialled.');
  const oldest = gauge('donna_queue_oldest_seconds', 'How long the oldest of them has been due.');
  const live = gauge('donna_calls_live', 'Attempts that count against capacity.');
  const unknown = gauge('donna_unknown_open', 'Attempts of which nobody knows what became of them.');
  const person = gauge('donna_needs_person', 'Of these, those that wait for a person.');
  const inbox = gauge('donna_inbox_waiting', 'Webhooks that were received and not yet taken in.');
  const jobs = gauge('donna_jobs_due', 'Jobs that are due.');
  const used = new Gauge({
    name: 'donna_usage_today',
    help: 'What was used up since the UTC day began.',
    labelNames: ['part'],
    registers,
  });
  return async () => {
    const nowMs = clock.now();
    const read = await counts.read(nowMs);
    calls.reset();
    for (const [status, count] of Object.entries(read.byStatus)) calls.set({ status }, count);
    due.set(read.due);
    oldest.set(read.oldestDueMs === undefined ? 0 : Math.max(0, (nowMs - read.oldestDueMs) / 1000));
    live.set(read.live);
    unknown.set(read.unknown);
    person.set(read.needsPerson);
    inbox.set(read.inboxWaiting);
    jobs.set(read.jobsDue);
    for (const [part, figure] of Object.entries(read.usageToday)) used.set({ part }, figure);
  };
}
