import type { TransportError } from '../../kernel/fetch.ts';

/** The endpoints that place calls. */
export const callPaths = [
  '/v1/convai/twilio/outbound-call',
  '/v1/convai/sip-trunk/outbound-call',
  '/v1/convai/exotel/outbound-call',
] as const;

export type CallPath = (typeof callPaths)[number];

/** What people have used in their place, and what never worked. The line's id is no real one. */
export type WrongCallPath =
  | '/v1/convai/conversation'
  | '/v1/convai/conversations'
  | '/v1/convai/conversation/phone'
  | '/v1/convai/phone-number/phnum_none/call';

/**
 * What the doctor can ask. There is no body among it: a POST always carries `{}`, which no endpoint that dials
 * accepts, and goes to the paths listed above only. So no check can place a call, whatever is wrong with it.
 */
export type ProbeRequest =
  | {
      readonly method: 'GET';
      readonly provider: 'elevenlabs' | 'twilio';
      /** Path and query. */
      readonly path: string;
      /** `none` sends no credentials. */
      readonly auth?: 'none';
    }
  | {
      readonly method: 'POST';
      readonly provider: 'elevenlabs';
      readonly path: CallPath | WrongCallPath;
    };

export type ProbeReply =
  | {
      readonly kind: 'reply';
      readonly status: number;
      /** Names in lower case. */
      readonly headers: Readonly<Record<string, string>>;
      /** Parsed JSON, or the text when it is none. */
      readonly body: unknown;
      readonly tookMs: number;
    }
  | {
      readonly kind: 'unreachable';
      readonly why: TransportError['kind'];
      readonly message: string;
      readonly tookMs: number;
    };

/** The doctor's way to the providers: one exchange, never retried. The implementation adds the credentials. */
export interface Probe {
  send(request: ProbeRequest): Promise<ProbeReply>;
}
