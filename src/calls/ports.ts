import type { FailedExchange } from '../kernel/errors.ts';
import type { PhoneNumber } from '../kernel/phone-number.ts';
import type { Agent } from '../wire/elevenlabs/agent.ts';
import type { ClientData } from '../wire/elevenlabs/client-data.ts';
import type { Conversation, ConversationSummary } from '../wire/elevenlabs/conversation.ts';
import type { TelephonyCallConfig } from '../wire/elevenlabs/outbound-call.ts';
import type { TwilioCall } from '../wire/twilio/call.ts';
import type { Cause } from './cause.ts';
import type { DiallableLine, Line } from './line.ts';

/** One dial, ready to be sent. */
export interface DialOrder {
  readonly line: DiallableLine;
  readonly agentId: string;
  readonly to: PhoneNumber;
  readonly clientData: ClientData;
  readonly telephony?: TelephonyCallConfig;
  /** Twilio only. */
  readonly record?: boolean;
}

/** The ids under which the provider and the carrier know a call. */
export interface CallIds {
  readonly conversationId?: string | undefined;
  readonly callSid?: string | undefined;
  readonly sipCallId?: string | undefined;
}

/**
 * What is known after a dial, by the table in ARCHITECTURE.md. `unknown` means that a phone may ring: nothing may be
 * sent again before it is resolved.
 */
export type DialReply =
  | { readonly kind: 'accepted'; readonly ids: CallIds }
  | {
      readonly kind: 'not-placed';
      readonly cause: Cause;
      readonly words: string;
      readonly ids: CallIds;
      readonly exchange?: FailedExchange;
      /** Nothing is wrong with the call: the same request is right, later. Too many calls, too many requests, or no connection. */
      readonly backOff?: 'capacity' | 'rate' | 'unreachable' | undefined;
    }
  | { readonly kind: 'unknown'; readonly why: string; readonly exchange?: FailedExchange };

/** The voice provider (ElevenLabs). Reads throw AppError; a dial answers with data. */
export interface VoiceProvider {
  lines(): Promise<readonly Line[]>;
  /** `undefined` when there is no such line. */
  line(id: string): Promise<Line | undefined>;
  agent(id: string): Promise<Agent | undefined>;
  agents(): Promise<readonly { readonly id: string; readonly name: string }[]>;
  /**
   * Sends one request and never a second. `beforeSend` runs when the connection stands, as the last thing before the
   * first byte; if it throws, nothing was sent and its error comes out.
   */
  dial(order: DialOrder, beforeSend: () => Promise<void>): Promise<DialReply>;
  /** `undefined` when there is no such conversation (deleted, or never written). */
  conversation(id: string, signal?: AbortSignal): Promise<Conversation | undefined>;
  /** Newest first, at most `limit` (100 unless told). */
  conversations(filter: ConversationFilter): Promise<readonly ConversationSummary[]>;
}

export interface ConversationFilter {
  readonly agentId?: string;
  readonly userId?: string;
  /** Seconds since 1970. */
  readonly startedAfterSecs?: number;
  readonly limit?: number;
}

/** One turn as it is spoken, from the provider's monitoring socket. */
export interface LiveTurn {
  readonly speaker: 'agent' | 'callee';
  readonly text: string;
}

/** The provider's live view of a running conversation, where the account has it. */
export interface LiveMonitor {
  /** Listens until the conversation ends or `signal` aborts; `unavailable` says why it could not. */
  watch(
    conversationId: string,
    onTurn: (turn: LiveTurn) => void,
    signal: AbortSignal,
  ): Promise<MonitorResult>;
  endCall(conversationId: string): Promise<MonitorResult>;
}

export type MonitorResult =
  | { readonly kind: 'ended' }
  | { readonly kind: 'unavailable'; readonly why: string };

/** The carrier's own records (Twilio), where its credentials are known. Reads throw AppError. */
export interface CarrierRecords {
  call(sid: string, signal?: AbortSignal): Promise<TwilioCall | undefined>;
  calls(filter: { to: string; from: string; startedAfter: Date }): Promise<readonly TwilioCall[]>;
  /** Ends a call that rings or is connected. */
  hangUp(sid: string): Promise<void>;
}

/** What an attempt was and became, one line after the other. The file behind it is `<data>/attempts.ndjson`. */
export interface AttemptJournal {
  /** All lines in the order in which they were written. Throws `storage` when one cannot be read: it may be an open call. */
  read(): Promise<readonly AttemptEntry[]>;
  /** Resolves when the line is on the disk (fsync). Lines of several processes never mix. */
  append(entry: AttemptEntry): Promise<void>;
}

interface EntryFacts {
  readonly attempt: string;
  /** ISO 8601. */
  readonly at: string;
}

export type AttemptEntry =
  | (EntryFacts & {
      readonly kind: 'dialing';
      readonly to: string;
      readonly lineId: string;
      readonly lineNumber: string;
      readonly agentId: string;
      /** sha256 over line, destination, agent and variables: what makes two calls the same one. */
      readonly fingerprint: string;
      /** The user id the attempt carries: its own id unless the caller set one. */
      readonly userId: string;
      /** A person or a flag said that the same call may go out again. */
      readonly again: boolean;
      /** A hash of the account it was dialled by. */
      readonly account?: string | undefined;
    })
  | (EntryFacts & { readonly kind: 'withdrawn'; readonly why: string })
  | (EntryFacts & { readonly kind: 'accepted' } & CallIds)
  | (EntryFacts & { readonly kind: 'not-placed'; readonly code: string } & CallIds)
  | (EntryFacts & { readonly kind: 'unknown'; readonly why: string })
  | (EntryFacts & { readonly kind: 'ended'; readonly outcome: string });
