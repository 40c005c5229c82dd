import type { Pool } from 'pg';
import type { CallRecords } from '../calls/call-records.ts';
import type { CallStore } from '../calls/call-store.ts';
import type { IdempotencyKeys } from '../calls/idempotency.ts';
import type {
  AccessKeys,
  Erasure,
  Inbox,
  JobQueue,
  Recordings,
  ServiceCounts,
  StopSwitch,
  SuppressionList,
  WebhookEndpoints,
} from '../calls/service-ports.ts';
import { createAccessKeys } from './access-keys.ts';
import { createCallRecords } from './call-records.ts';
import { createCallStore } from './call-store.ts';
import { createErasure } from './erasure.ts';
import { createIdempotencyKeys } from './idempotency-keys.ts';
import { createInbox } from './inbox.ts';
import { createJobQueue } from './job-queue.ts';
import { createRecordings } from './recordings.ts';
import { createServiceCounts } from './service-counts.ts';
import { createSession } from './session.ts';
import { createStopSwitch } from './stop-switch.ts';
import { createSuppressionList } from './suppression-list.ts';
import { createWebhookEndpoints } from './webhook-endpoints.ts';

/** Everything that is kept in the database, behind the ports of calls/. */
export interface Stores {
  readonly calls: CallStore;
  readonly records: CallRecords;
  readonly idempotency: IdempotencyKeys;
  readonly suppressions: SuppressionList;
  readonly stopSwitch: StopSwitch;
  readonly keys: AccessKeys;
  readonly inbox: Inbox;
  readonly recordings: Recordings;
  readonly jobs: JobQueue;
  readonly endpoints: WebhookEndpoints;
  readonly erasure: Erasure;
  readonly counts: ServiceCounts;
}

/** Over the pool of `openDatabase`, which stays the caller's to close. */
export function createStores(pool: Pool): Stores {
  const session = createSession(pool);
  return {
    calls: createCallStore(session),
    records: createCallRecords(session),
    idempotency: createIdempotencyKeys(session),
    suppressions: createSuppressionList(session),
    stopSwitch: createStopSwitch(session),
    keys: createAccessKeys(session),
    inbox: createInbox(session),
    recordings: createRecordings(session),
    jobs: createJobQueue(session),
    endpoints: createWebhookEndpoints(session),
    erasure: createErasure(session),
    counts: createServiceCounts(session),
  };
}
