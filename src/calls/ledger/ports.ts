import type { ConversationSummary } from '../../wire/elevenlabs/conversation.ts';
import type { TwilioCall } from '../../wire/twilio/call.ts';
import type { AttemptRecord } from '../attempt-record.ts';

/** A part of a long list. `next` is what the following part is asked for with; none after the last. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
}

/** The provider's whole list of conversations, newest first. Reads throw AppError. */
export interface ConversationPages {
  page(
    filter: { readonly startedAfter: Date; readonly agentId?: string | undefined },
    after: string | undefined,
    signal?: AbortSignal,
  ): Promise<Page<ConversationSummary>>;
}

/** The carrier's whole list of calls, newest first. Reads throw AppError. */
export interface CarrierPages {
  page(
    filter: { readonly startedAfter: Date; readonly from?: string | undefined },
    after: string | undefined,
    signal?: AbortSignal,
  ): Promise<Page<TwilioCall>>;
}

/** Where our own attempts are written down: the journal of this machine, or the service's database. */
export interface AttemptSource {
  /** Attempts of this account that began at that time or later, oldest first. */
  attempts(since: Date): Promise<readonly AttemptRecord[]>;
}
