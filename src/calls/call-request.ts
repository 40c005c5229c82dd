import { AppError } from '../kernel/errors.ts';
import type { PhoneNumber, PhoneNumberFacts } from '../kernel/phone-number.ts';
import type { ClientData, DynamicVariables } from '../wire/elevenlabs/client-data.ts';
import type { TelephonyCallConfig } from '../wire/elevenlabs/outbound-call.ts';
import type { Repetition } from './repetition.ts';

/** A call that is asked for, parsed at the door. */
export interface CallRequest {
  readonly to: PhoneNumberFacts;
  /** `undefined`: the only agent of the account. */
  readonly agentId: string | undefined;
  /** A line's id or its number; `undefined`: the only line of the account. */
  readonly from: { readonly lineId: string } | { readonly number: PhoneNumber } | undefined;
  readonly clientData: ClientData;
  readonly telephony: TelephonyCallConfig | undefined;
  /** Ask the carrier to record; Twilio lines only. */
  readonly record: boolean;
  readonly preflight: boolean;
  /** Aborts before the commit: nothing is dialled then. A dial that has been committed cannot be taken back. */
  readonly signal?: AbortSignal | undefined;
  /** What to do when the same call is open, unknown or was placed within the last minute. */
  readonly repeat: 'refuse' | 'allow' | ((repetition: Repetition) => Promise<boolean>);
}

/** Throws `bad-input` for a variable whose name is not the caller's to use. */
export function refuseReserved(variables: DynamicVariables = {}): void {
  for (const name of Object.keys(variables)) {
    if (name !== attemptVariable && !name.startsWith('system__')) continue;
    const owner = name === attemptVariable ? 'Donna, which finds a call again by it' : 'ElevenLabs';
    throw new AppError(
      'bad-input',
      `The variable ${name.slice(0, 60)} is reserved: it belongs to ${owner}.`,
      {
        hint: 'Give the variable another name, in the agent and here.',
      },
    );
  }
}

/** The name of the dynamic variable by which an attempt is found again at the provider. */
export const attemptVariable = 'donna_attempt_id';
