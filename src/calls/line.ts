import type { PhoneNumber } from '../kernel/phone-number.ts';

/** The providers of a line that can place a call, each by an endpoint of its own. */
export const lineProviders = ['twilio', 'sip_trunk', 'exotel'] as const;
export type LineProvider = (typeof lineProviders)[number];

/** A phone number of the ElevenLabs account, from which calls go out. */
export interface Line {
  /** `phnum_…` */
  readonly id: string;
  readonly number: string;
  readonly label: string;
  /** As the provider names it; one that is not in `lineProviders` cannot be dialled from. */
  readonly provider: string;
  readonly supportsOutbound: boolean;
  /** For a SIP trunk: whether an outbound trunk is set up. `undefined` where the provider does not tell. */
  readonly hasOutboundTrunk: boolean | undefined;
  readonly assignedAgent: { readonly id: string; readonly name: string } | undefined;
}

/** A line whose provider has an endpoint for outbound calls. */
export interface DiallableLine extends Line {
  readonly provider: LineProvider;
}

export function isDiallable(line: Line): line is DiallableLine {
  return (lineProviders as readonly string[]).includes(line.provider);
}

/** The number of a line without the spaces and brackets that an account may keep it with. */
export function plainNumber(line: Pick<Line, 'number'>): string {
  return `+${line.number.replace(/\D/g, '')}`;
}

export function sameNumber(line: Pick<Line, 'number'>, number: PhoneNumber): boolean {
  return plainNumber(line) === number;
}
