import type { OutcomeKind } from '../../../src/calls/index.ts';

/** What a callee does. */
export type Fate = 'answered' | 'voicemail' | 'no-answer' | 'busy' | 'declined' | 'failed';

/** One call of the carrier, from the first ring to the record that stays: what really happened. */
export interface Phone {
  /** The attempt that it carries; a stranger's has none. */
  readonly attemptId: string | undefined;
  readonly userId: string | undefined;
  readonly to: string;
  readonly from: string;
  readonly agentId: string;
  readonly provider: 'twilio' | 'sip_trunk';
  readonly conversationId: string;
  readonly callSid: string | undefined;
  readonly sipCallId: string | undefined;
  readonly startMs: number;
  /** When the ringing is over, one way or the other. */
  readonly rungMs: number;
  readonly fate: Fate;
  /** When nobody rings or talks any more; sooner when it was hung up. */
  endMs: number;
  /** Hung up by us before the callee did anything. */
  cancelled: boolean;
  /** From when on the provider shows the conversation, and from when on its end. */
  readonly shownMs: number;
  readonly processingMs: number;
}

export function isLive(phone: Phone, nowMs: number): boolean {
  return nowMs < phone.endMs;
}

export function pickedUp(phone: Phone): boolean {
  return !phone.cancelled && (phone.fate === 'answered' || phone.fate === 'voicemail');
}

/** What may be said of it afterwards. The provider has no word of its own for a decline: where it says busy, that is no lie. */
export function truthOf(phone: Phone): readonly OutcomeKind[] {
  if (phone.cancelled) return ['cancelled'];
  return phone.fate === 'declined' ? ['declined', 'busy'] : [phone.fate];
}
