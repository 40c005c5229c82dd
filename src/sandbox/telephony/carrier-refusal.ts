import type { DialRefusal } from '../callees/callee.ts';
import { calleeFor } from '../callees/index.ts';
import type { SandboxLine, SandboxState } from '../state.ts';

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
  /** Twilio's own, as the provider passes them on. */
  readonly words: (to: string) => string;
  readonly sip: readonly [code: number, words: string];
  /** Twilio's refusal leaves a conversation too. */
  readonly kept?: boolean;
}

const words: Readonly<Record<DialRefusal | 'account-not-active', Words>> = {
  'account-not-active': {
    words: () => 'HTTP 403 error: Unable to create record: Account is not active.',
    sip: [403, 'Account is not active'],
  },
  'invalid-number': {
    words: (to) =>
      `HTTP 400 error: Unable to create record: The phone number you are attempting to call, ${to}, is not valid.`,
    sip: [404, 'Not Found'],
  },
  'unverified-on-trial': {
    words: (to) =>
      `HTTP 400 error: Unable to create record: The number ${to} is unverified. Trial accounts may only make calls to verified numbers.`,
    sip: [403, 'Forbidden'],
  },
  'geo-permission': {
    words: (to) =>
      `HTTP 400 error: Unable to create record: Account not authorized to call ${to}. Perhaps you need to enable some international permissions: https://www.twilio.com/console/voice/calls/geo-permissions/low-risk`,
    sip: [403, 'Geo permission denied'],
  },
  blocked: {
    words: (to) => `HTTP 400 error: Unable to create record: Call to ${to} blocked by Twilio blocklist.`,
    sip: [403, 'Blocked by blocklist'],
  },
  'no-compliance-profile': {
    words: () =>
      'HTTP 401 error: Unable to create record: Primary compliance profile is not approved. Calls to this region need an approved profile.',
    sip: [403, 'Primary compliance profile is not approved'],
    kept: true,
  },
  unavailable: {
    words: (to) => `HTTP 400 error: Unable to create record: The phone number ${to} cannot be reached.`,
    sip: [404, 'Domain unavailable'],
  },
};

/** The carrier's refusal of a number, by the callee that it would reach, or one that was asked for as a fault. */
export function carrierRefusal(
  twilio: Pick<SandboxState['twilio'], 'status' | 'type' | 'verified_numbers'>,
  line: Pick<SandboxLine, 'provider' | 'phone_number'>,
  to: string,
  asked?: { readonly message?: string | undefined },
): CarrierRefusal | undefined {
  const isSip = line.provider === 'sip_trunk';
  const why = isSip ? ofNumber(to) : (ofNumber(to) ?? ofAccount(twilio, to));
  if (why === undefined && asked === undefined) return undefined;
  const { words: say, sip, kept } = words[why ?? 'blocked'];
  const [sipCode, text] = sip;
  const own = isSip ? `INVITE failed: sip status: ${sipCode}: ${text} (SIP ${sipCode})` : say(to);
  return {
    message: asked?.message ?? own,
    code: isSip ? sipCode : 1011,
    keepsConversation: isSip || kept === true,
    ...(isSip && { sipCode }),
  };
}

function ofNumber(to: string): DialRefusal | undefined {
  return isPhoneNumber(to) ? calleeFor(to).refusal : 'invalid-number';
}

function ofAccount(
  twilio: Pick<SandboxState['twilio'], 'status' | 'type' | 'verified_numbers'>,
  to: string,
): keyof typeof words | undefined {
  if (twilio.status !== 'active') return 'account-not-active';
  return twilio.type === 'Trial' && !twilio.verified_numbers.includes(to) ? 'unverified-on-trial' : undefined;
}

/** A carrier takes + and digits, and a SIP trunk an extension too: nothing else can be dialled. */
function isPhoneNumber(to: string): boolean {
  return /^\+?\d{2,15}$/.test(to);
}
