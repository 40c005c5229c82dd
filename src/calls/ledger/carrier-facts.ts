import type { TwilioCall } from '../../wire/twilio/call.ts';
import { type Amount, readAmount } from './amount.ts';

/** What the ledger keeps of a carrier's call. */
export interface CarrierFacts {
  readonly sid: string;
  /** Set on a leg that another call dialled, such as a transfer. */
  readonly parentSid: string | undefined;
  readonly direction: string | undefined;
  readonly status: string;
  readonly from: string;
  readonly to: string;
  /** When it was made, in milliseconds since 1970; NaN when the carrier does not tell. */
  readonly atMs: number;
  readonly duration: string | undefined;
  readonly answeredBy: TwilioCall['answered_by'];
  readonly price: Amount | undefined;
}

export function carrierFacts(call: TwilioCall): CarrierFacts {
  return {
    sid: call.sid,
    parentSid: call.parent_call_sid ?? undefined,
    direction: call.direction ?? undefined,
    status: call.status,
    from: call.from ?? '',
    to: call.to ?? '',
    atMs: Date.parse(call.date_created ?? call.start_time ?? ''),
    duration: call.duration ?? undefined,
    answeredBy: call.answered_by,
    price: readAmount(call.price, call.price_unit ?? 'USD'),
  };
}
