import type { Hono } from 'hono';
import type { Logger } from 'pino';
import type { Fault } from '../api/problem.ts';
import type { ProblemCode } from '../api/problem-codes.ts';
import type {
  AccessKeys,
  ApplyEvent,
  CallRecords,
  JobQueue,
  Recordings,
  StopSwitch,
  SubmitCall,
  SuppressionList,
  WebhookEndpoints,
} from '../calls/index.ts';
import type { Clock } from '../kernel/clock.ts';
import type { ExplainFailure } from '../kernel/failure-explanation.ts';
import type { NewId, RandomBytes } from '../kernel/ids.ts';
import type { PhoneNumber } from '../kernel/phone-number.ts';
import type { Metrics } from './metrics.ts';

/** What a check of readiness found. */
export interface ReadyCheck {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** What was erased of a person, and what is still there. */
export interface Forgotten {
  readonly erased: number;
  readonly alreadyGone: number;
  readonly couldNotReach: readonly { readonly where: string; readonly id: string; readonly why: string }[];
}

/** An explanation as JSON text, or why there is none. */
export type Explained =
  | { readonly kind: 'explained'; readonly json: string }
  | {
      readonly kind: 'refused';
      readonly code: ProblemCode;
      readonly detail: string;
      readonly hint?: string | undefined;
    }
  | { readonly kind: 'faulty'; readonly faults: readonly Fault[] };

/** What the server needs of the rest; main joins it. */
export interface ServerDeps {
  readonly version: string;
  /** The account is pretended, and no phone rings; `undefined` where there is no telling. Shown, and no more. */
  readonly sandbox?: boolean | undefined;
  readonly submitCall: SubmitCall;
  readonly applyEvent: ApplyEvent;
  readonly records: CallRecords;
  readonly suppressions: SuppressionList;
  readonly stopSwitch: StopSwitch;
  readonly keys: AccessKeys;
  readonly endpoints: WebhookEndpoints;
  readonly jobs: Pick<JobQueue, 'ofCall'>;
  readonly recordings: Pick<Recordings, 'get'>;
  /** Asks the provider for a recording that was not delivered; `undefined` when it has none. */
  readonly fetchRecording: (conversationId: string, signal: AbortSignal) => Promise<Uint8Array | undefined>;
  /** Erases a person here, at the provider and at the carrier. `not-possible` while a call to the number is open. */
  readonly forget: (number: PhoneNumber, by: string) => Promise<Forgotten>;
  /** Says why a provider refused a request of ours, for the problem that tells of it. */
  readonly explainFailure?: ExplainFailure | undefined;
  /** Reads and explains the body of somebody's request within limits of time and memory, and not on the loop that serves others. */
  readonly explain: (body: Uint8Array, signal: AbortSignal) => Promise<Explained>;
  /** Keyed hash of a number, by which calls and suppressions are found. */
  readonly hashNumber: (number: PhoneNumber) => string;
  /** Calls `listener` when this node wrote to the call; the returned function stops it. Other nodes' writes are polled. */
  readonly onCallChange: (callId: string, listener: () => void) => () => void;
  /** Whether database and engine can work now. */
  readonly ready: () => Promise<readonly ReadyCheck[]>;
  readonly metrics: Metrics;
  /** Paths under /webhooks/, each guarded by a signature or a secret of its own in place of keys, Host and Origin. */
  readonly webhooks: readonly Hono[];
  /** The bearer of the machine's own user, accepted over loopback alone. */
  readonly token: string;
  /** Host names besides loopback's under which the server may be addressed: that of DONNA_PUBLIC_URL. */
  readonly hosts: readonly string[];
  /** Requests a minute for a key that has no figure of its own; 600 unless given. */
  readonly ratePerMinute?: number | undefined;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly randomBytes: RandomBytes;
  readonly log: Logger;
}
