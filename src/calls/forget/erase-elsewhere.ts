import { AppError } from '../../kernel/errors.ts';

/** Something of a call that lies with somebody else. */
export interface Trace {
  /** `provider`: a conversation, by its id. `carrier`: the recordings of a call, by its SID. */
  readonly where: 'provider' | 'carrier';
  readonly id: string;
}

export interface ErasedCount {
  readonly erased: number;
  /** What is not there, or not any more: nothing is left to do. */
  readonly alreadyGone: number;
}

/** Who can erase there. Both throw AppError where it could not be done. */
export interface Erasers {
  /** Transcript, recording and analysis of a conversation. */
  readonly conversation: (id: string, signal?: AbortSignal) => Promise<ErasedCount>;
  /** Absent without the carrier's credentials. */
  readonly carrierRecordings?: ((callSid: string, signal?: AbortSignal) => Promise<ErasedCount>) | undefined;
}

export type ErasedTrace =
  | ({ readonly kind: 'erased' } & ErasedCount)
  /** `again`: it may go better later. `down`: the place does not answer at all, so that asking for the next thing is of no use. */
  | { readonly kind: 'not-reached'; readonly why: string; readonly again: boolean; readonly down: boolean };

/** Erases one trace. Doing it twice is harmless: what is gone counts as gone. */
export async function eraseElsewhere(
  erasers: Erasers,
  { where, id }: Trace,
  signal?: AbortSignal,
): Promise<ErasedTrace> {
  const erase = where === 'provider' ? erasers.conversation : erasers.carrierRecordings;
  if (!erase) {
    const why = 'Donna has no credentials of Twilio (TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN).';
    return { kind: 'not-reached', why, again: false, down: true };
  }
  try {
    return { kind: 'erased', ...(await erase(id, signal)) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const down = error.code === 'provider-unreachable';
    return { kind: 'not-reached', why: error.message, again: true, down };
  }
}
