import type { Call, CallPage, CallQuery, CreatedCall } from '../../api/call.ts';
import type { Dialling } from '../../api/dialling.ts';
import type { ForgetReportView } from '../../api/forget.ts';
import type { CreatedKey, KeyView, NewKeyInput } from '../../api/key.ts';
import type { NewCallInput } from '../../api/new-call.ts';
import type { ResolutionInput } from '../../api/resolution.ts';
import type { NewSuppressionInput, SuppressionPage, SuppressionView } from '../../api/suppression.ts';
import type { Timeline, TimelineEntry } from '../../api/timeline.ts';
import type { Clock } from '../../kernel/clock.ts';

/** What a followed call tells: its timeline as it grows, and the call once it is over. */
export type FollowedEvent =
  | { readonly kind: 'timeline'; readonly entry: TimelineEntry }
  | { readonly kind: 'end'; readonly call: Call };

/** The operations of Donna's API that commands use. They throw AppError, with what the server said. */
export interface ServiceApi {
  createCall(call: NewCallInput, idempotencyKey: string | undefined): Promise<SubmittedCall>;
  listCalls(query: CallQuery): Promise<CallPage>;
  getCall(id: string): Promise<Call>;
  getTimeline(id: string, page: { after?: number; limit?: number }): Promise<Timeline>;
  /** Goes on after a lost connection. Ends without an `end` when `signal` aborts. */
  followCall(id: string, options: { after?: number; signal: AbortSignal }): AsyncIterable<FollowedEvent>;
  cancelCall(id: string): Promise<Call>;
  retryCall(id: string): Promise<Call>;
  resolveCall(id: string, resolution: ResolutionInput): Promise<Call>;
  listSuppressions(page: { cursor?: string; limit?: number }): Promise<SuppressionPage>;
  /** `undefined` when the number is not suppressed. */
  getSuppression(number: string): Promise<SuppressionView | undefined>;
  addSuppression(suppression: NewSuppressionInput): Promise<SuppressionView>;
  removeSuppression(idOrNumber: string): Promise<void>;
  readDialling(): Promise<Dialling>;
  stopDialling(reason: string): Promise<Dialling>;
  resumeDialling(): Promise<Dialling>;
  forget(number: string): Promise<ForgetReportView>;
  listKeys(): Promise<readonly KeyView[]>;
  createKey(key: NewKeyInput): Promise<CreatedKey>;
  revokeKey(idOrName: string): Promise<KeyView>;
}

export type SubmittedCall =
  | { readonly kind: 'submitted'; readonly call: CreatedCall; readonly replayed: boolean }
  /** Guard, gate or preflight speak against it. */
  | {
      readonly kind: 'refused';
      readonly code: 'guard' | 'gate' | 'preflight';
      readonly detail: string;
      readonly findings: readonly ServiceFinding[];
    };

export interface ServiceFinding {
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly where: string;
  readonly evidence: string;
  readonly fix: string;
}

/** A Donna server, or the database of one that does not run, opened for this command. */
export interface Service {
  /** The server's address; `undefined` for the database itself. */
  readonly url: string | undefined;
  /** The account is pretended: no phone rings. `undefined` where there is no telling. */
  readonly sandbox: boolean | undefined;
  readonly api: ServiceApi;
  readonly clock: Clock;
  close(): Promise<void>;
}

/** How a command finds the server. */
export interface ServiceChoice {
  /** `--url`. */
  readonly url: string | undefined;
}

/** `--sandbox` of `donna call` and `donna calls` besides: a server of the other kind is passed over, and that is said. */
export type FindServer = (
  choice: ServiceChoice & { readonly sandbox: boolean },
) => Promise<Service | undefined>;

/** The server; without one the database itself, where the command needs no more. Throws where there is neither. */
export type OpenService = (
  choice: ServiceChoice & { readonly needs: 'server' | 'database' },
) => Promise<Service>;
