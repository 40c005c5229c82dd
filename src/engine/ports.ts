import type {
  ApplyEvent,
  CallStore,
  CarrierRecords,
  ClaimSettings,
  HookAnswer,
  LiveMonitor,
  StoredCall,
  VoiceProvider,
} from '../calls/index.ts';
import type { Clock } from '../kernel/clock.ts';
import type { ExplainFailure } from '../kernel/failure-explanation.ts';
import type { NewId } from '../kernel/ids.ts';

export interface EngineDeps {
  readonly store: CallStore;
  readonly applyEvent: ApplyEvent;
  readonly provider: VoiceProvider;
  readonly carrier?: CarrierRecords | undefined;
  /** Ends a call that runs, where the carrier cannot. */
  readonly monitor?: Pick<LiveMonitor, 'endCall'> | undefined;
  readonly clock: Clock;
  readonly newId: NewId;
  /** Names this run of this process among all nodes, and never another one: a restarted process is another owner. */
  readonly owner: string;
  readonly claims: ClaimSettings;
  /** The operator's word on a dial; absent where there is no hook. Must not throw for a hook that does not answer. */
  readonly askHook?: ((call: StoredCall) => Promise<HookAnswer>) | undefined;
  /** Says of a refused dial why, for its timeline. Bounded in time: the attempt waits for it. */
  readonly explainFailure?: ExplainFailure | undefined;
  readonly notices: EngineNotices;
}

/** What the engine tells whoever logs and counts. No numbers, no words of a call. */
export interface EngineNotices {
  /** The call was written to: live views may read it again. */
  changed(callId: string): void;
  /** The request of a dial got its reply, or its failure. `ms` from the commit, by the monotonic clock. */
  dialled(facts: { attemptId: string; reply: string; ms: number }): void;
  /** The store or the provider failed; it is tried again. */
  trouble(facts: { what: string; why: string }): void;
}

/** Longer than a pause of the machine that is worth bearing, short enough to be taken over within 20 s. */
export const LEASE_MS = 15_000;
export const RENEW_MS = 5_000;
/** Behind every wake-up: what a notification missed is seen this long after. */
export const POLL_MS = 1_000;
