import type { Call, CallPage, CallQuery, CreatedCall } from '../../api/call.ts';
import type { Dialling } from '../../api/dialling.ts';
import type { ForgetReportView } from '../../api/forget.ts';
import type { CreatedKey, KeyView, NewKeyInput, RevokedKey } from '../../api/key.ts';
import type { NewCallInput } from '../../api/new-call.ts';
import type { ResolutionInput } from '../../api/resolution.ts';
import type { NewSuppressionInput, SuppressionPage, SuppressionView } from '../../api/suppression.ts';
import type { Timeline, TimelineEntry } from '../../api/timeline.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { PhoneNumber } from '../../kernel/phone-number.ts';

/** What a followed call tells: its timeline as it grows, and the call once it is over. */
export type FollowedEvent =
  | { readonly kind: 'timeline'; readonly entry: TimelineEntry }
  | { readonly kind: 'end'; readonly call: Call };

/** What holds calls back, and who may use the API: operations that need no more than the database. They throw AppError. */
export interface ControlApi {
  listSuppressions(page: { cursor?: string; limit?: number }): Promise<SuppressionPage>;
  addSuppression(suppression: NewSuppressionInput): Promise<SuppressionView>;
  removeSuppression(idOrNumber: string): Promise<void>;
  readDialling(): Promise<Dialling>;
  stopDialling(reason: string): Promise<Dialling>;
  resumeDialling(): Promise<Dialling>;
  listKeys(): Promise<readonly KeyView[]>;
  createKey(key: NewKeyInput): Promise<CreatedKey>;
  revokeKey(idOrName: string): Promise<RevokedKey>;
}

/** The operations of Donna's API that commands use. They throw AppError, with what the server said. */
export interface ServiceApi extends ControlApi {
  createCall(call: NewCallInput, idempotencyKey: string | undefined): Promise<SubmittedCall>;
  listCalls(query: CallQuery): Promise<CallPage>;
  getCall(id: string): Promise<Call>;
  getTimeline(id: string, page: { after?: number; limit?: number }): Promise<Timeline>;
  /** Goes on after a lost connection. Ends without an `end` when `signal` aborts. */
  followCall(id: string, options: { after?: number; signal: AbortSignal }): AsyncIterable<FollowedEvent>;
  cancelCall(id: string): Promise<Call>;
  retryCall(id: string): Promise<Call>;
  resolveCall(id: string, resolution: ResolutionInput): Promise<Call>;
  forget(number: string): Promise<ForgetReportView>;
}

export type SubmittedCall =
  | { readonly kind: 'submitted'; readonly call: CreatedCall; readonly replayed: boolean }
  /** The same line, number, agent and variables were asked for within ten minutes, and the rest of it was another. */
  | { readonly kind: 'other-request' }
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
export interface Control {
  /** The server's address; `undefined` for the database itself. */
  readonly url: string | undefined;
  /** The account is pretended: no phone rings. `undefined` where there is no telling. */
  readonly sandbox: boolean | undefined;
  readonly api: ControlApi;
  /** The hash by which a number stands in the list of suppressions; `undefined` where its key is not known here. */
  readonly hashNumber: ((number: PhoneNumber) => string) | undefined;
  readonly clock: Clock;
  close(): Promise<void>;
}

/** A Donna server that answered to its key. */
export interface Service extends Control {
  readonly url: string;
  readonly api: ServiceApi;
  /** The agent and line of the settings here, where they belong to the account of the server. */
  readonly defaults: { readonly agentId: string | undefined; readonly from: string | undefined };
  /** A fresh one for each intent. */
  readonly newIdempotencyKey: () => string;
}

/** How a command finds the server. */
export interface ServiceChoice {
  /** `--url`. */
  readonly url: string | undefined;
  /** `--sandbox`. */
  readonly sandbox: boolean;
}

/** The server for calls, if there is one. A server of the other kind than `sandbox` asks for is passed over, and that is said. */
export type FindServer = (choice: ServiceChoice) => Promise<Service | undefined>;

/** The server. Throws AppError where there is none. */
export type OpenService = (choice: ServiceChoice) => Promise<Service>;

/** The server, else the database itself. Throws AppError where neither is to be had. */
export type OpenControl = (choice: ServiceChoice) => Promise<Control>;
