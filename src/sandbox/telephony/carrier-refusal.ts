import type { DialRefusal } from '../callees/callee.ts';
import { calleeFor } from '../callees/index.ts';
import type { SandboxLine } from '../state.ts';

export interface CarrierRefusal {
  /** What the reply's `message` says. */
  readonly message: string;
  /** Code of the `metadata.error` of a conversation that is kept. */
  readonly code: number;
  readonly sipCode?: number;
  /** A SIP refusal always leaves a failed conversation, Twilio's only some. */
  readonly keepsConversation: boolean;
}

interface Words {
  readonly twilio: (to: string, from: string) => string;
  readonly sip: readonly [code: number, words: string];
  /** Twilio's refusal leaves a conversation too. */
  readonly kept?: boolean;
}

const words: Readonly<Record<DialRefusal, Words>> = {
  'invalid-number': {
    twilio: (to) =>
      `HTTP 400 error: Unable to create record: The phone number you are attempting to call, ${to}, is not valid.`,
    sip: [404, 'Not Found'],
  },
  'unverified-on-trial': {
    twilio: (to) =>
      `HTTP 400 error: Unable to create record: The number ${to} is unverified. Trial accounts may only make calls to verified numbers.`,
    sip: [403, 'Forbidden'],
  },
  'geo-permission': {
    twilio: (to) =>
      `HTTP 400 error: Unable to create record: Account not authorized to call ${to}. Perhaps you need to enable some international permissions: https://www.twilio.com/console/voice/calls/geo-permissions/low-risk`,
    sip: [403, 'Geo permission denied'],
  },
  blocked: {
    twilio: (to) => `HTTP 400 error: Unable to create record: Call to ${to} blocked by Twilio blocklist.`,
    sip: [403, 'Blocked by blocklist'],
  },
  'no-compliance-profile': {
    twilio: () =>
      'HTTP 401 error: Unable to create record: Primary compliance profile is not approved. Calls to this region need an approved profile.',
    sip: [403, 'Primary compliance profile is not approved'],
    kept: true,
  },
  unavailable: {
    twilio: (to) => `HTTP 400 error: Unable to create record: The phone number ${to} cannot be reached.`,
    sip: [404, 'Domain unavailable'],
  },
};

/** The carrier's refusal of a number, by the callee that it would reach, or one that was asked for as a fault. */
export function carrierRefusal(
  line: Pick<SandboxLine, 'provider' | 'phone_number'>,
  to: string,
  asked?: { readonly message?: string | undefined },
): CarrierRefusal | undefined {
  const isSip = line.provider === 'sip_trunk';
  const why = isPhoneNumber(to) ? calleeFor(to).refusal : 'invalid-number';
  if (why === undefined && asked === undefined) return undefined;
  const { twilio, sip, kept } = words[why ?? 'blocked'];
  const [sipCode, text] = sip;
  const own = isSip
    ? `INVITE failed: sip status: ${sipCode}: ${text} (SIP ${sipCode})`
    : twilio(to, line.phone_number);
  return {
    message: asked?.message ?? own,
    code: isSip ? sipCode : 1011,
    keepsConversation: isSip || kept === true,
    ...(isSip && { sipCode }),
  };
}

/** A carrier takes + and digits, and a SIP trunk an extension too: nothing else can be dialled. */
function isPhoneNumber(to: string): boolean {
  return /^\+?\d{2,15}$/.test(to);
}
