import type { Conversation } from '../../wire/elevenlabs/conversation.ts';
import type { TwilioCall } from '../../wire/twilio/call.ts';
import { budgetCurrency } from '../budget.ts';
import type { Spent } from '../life.ts';

/** What a call took, as far as its records tell: whole seconds and US cents, each rounded up. */
export function spentOf(
  conversation: Conversation | undefined,
  carrierCall: Pick<TwilioCall, 'duration' | 'price' | 'price_unit'> | undefined,
): Spent {
  const { call_duration_secs: talked, cost_fiat: dollars } = conversation?.metadata ?? {};
  // Twilio states a price as what it takes, with a minus sign, and minutes after the end; in another currency it is not known here.
  const carrierPrice =
    (carrierCall?.price_unit ?? budgetCurrency) === budgetCurrency ? carrierCall?.price : undefined;
  return {
    seconds: Math.ceil(Math.max(talked ?? 0, numberOf(carrierCall?.duration))),
    cents: centsOf(dollars ?? 0) + centsOf(numberOf(carrierPrice)),
  };
}

/** 0.07 dollars times 100 is a little more than 7: what is less than a millionth of a dollar is no cent. */
function centsOf(dollars: number): number {
  return Math.ceil(Math.round(Math.abs(dollars) * 1_000_000) / 10_000);
}

function numberOf(text: string | null | undefined): number {
  const value = Number(text ?? 0);
  return Number.isFinite(value) ? value : 0;
}
