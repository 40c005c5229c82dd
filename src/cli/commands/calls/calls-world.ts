import type {
  AttemptJournal,
  CarrierRecords,
  FollowCallEvent,
  FollowedCall,
  LiveMonitor,
  VoiceProvider,
} from '../../../calls/index.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { FindServer, OpenService } from '../../service/service-api.ts';

/** What `donna calls` needs of the world. */
export interface CallsWorld {
  /** The account is pretended. */
  readonly sandbox: boolean;
  readonly provider: VoiceProvider;
  readonly carrier: CarrierRecords | undefined;
  readonly journal: AttemptJournal;
  readonly followCall: (call: FollowedCall, signal?: AbortSignal) => AsyncGenerator<FollowCallEvent>;
  readonly monitor: LiveMonitor;
  readonly clock: Clock;
  close(): Promise<void>;
}

export type OpenCallsWorld = (choice: { sandbox: boolean }) => Promise<CallsWorld>;

/** What `donna calls` needs besides, where a server may have the calls. */
export interface ServedCalls {
  readonly findServer: FindServer;
  readonly openService: OpenService;
}
