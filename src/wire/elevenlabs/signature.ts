import { createHmac, timingSafeEqual } from 'node:crypto';

/** How old or how early a delivery may be, in seconds. Source: written documentation (30 minutes). */
export const signatureToleranceSecs = 1800;

/** The header's name as Node gives it. */
export const signatureHeader = 'elevenlabs-signature';

export type SignatureRefusal =
  | 'no-header'
  | 'several-headers'
  | 'no-secret'
  | 'malformed'
  | 'too-old'
  | 'in-the-future'
  | 'mismatch';

export type SignatureVerdict =
  /** `timestamp` is in seconds since 1970. */
  | { readonly kind: 'valid'; readonly timestamp: number }
  | { readonly kind: 'refused'; readonly why: SignatureRefusal };

/** A body as it came over the line. Parsed and written again it has other bytes, and another signature. */
export type RawBody = Uint8Array | string;

/** The value of `ElevenLabs-Signature` for a body. Source: written documentation; SDK, wrapper/webhooks. */
export function signElevenLabs(rawBody: RawBody, secret: string, atUnixSecs: number): string {
  const t = String(Math.floor(atUnixSecs));
  return `t=${t},v0=${digest(rawBody, secret, t).toString('hex')}`;
}

/**
 * Checks `t=<unix seconds>,v0=<hex>` against the raw body. Stricter than the official SDK: a time that is not digits
 * or lies in the future is refused too, and the comparison takes the same time for any signature. Several `v0` are
 * fine if one matches (a secret that is being replaced), unknown schemes are passed over. A header that came twice is
 * refused, as a list of two or as Node's joined form with two `t`: the provider sends one, and a proxy that adds its own
 * must not choose which counts.
 */
export function verifyElevenLabs(delivery: {
  readonly rawBody: RawBody;
  readonly header: string | readonly string[] | undefined;
  readonly secret: string;
  readonly nowMs: number;
  readonly toleranceSecs?: number;
}): SignatureVerdict {
  const { rawBody, secret, nowMs, toleranceSecs = signatureToleranceSecs } = delivery;
  const headers = typeof delivery.header === 'string' ? [delivery.header] : (delivery.header ?? []);
  const [header] = headers;
  if (header === undefined || header === '') return refused('no-header');
  if (headers.length > 1) return refused('several-headers');
  // An empty key makes a valid HMAC that anybody can make.
  if (secret === '') return refused('no-secret');

  const parts = readHeader(header);
  if (parts === undefined) return refused('malformed');
  const timestamp = Number(parts.t);
  const ageSecs = nowMs / 1000 - timestamp;
  if (!(ageSecs <= toleranceSecs)) return refused('too-old');
  if (!(ageSecs >= -toleranceSecs)) return refused('in-the-future');

  const expected = digest(rawBody, secret, parts.t);
  const matches = parts.signatures.some((given) => sameBytes(Buffer.from(given, 'hex'), expected));
  return matches ? { kind: 'valid', timestamp } : refused('mismatch');
}

function readHeader(header: string): { t: string; signatures: readonly string[] } | undefined {
  const pairs = header.split(',').map((pair) => pair.trim());
  const values = (name: string) =>
    pairs.filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1));
  const [t, ...moreTimes] = values('t');
  const signatures = values('v0');
  // Twelve digits last for 30,000 years and stay exact as a number.
  if (t === undefined || moreTimes.length > 0 || !/^\d{1,12}$/.test(t)) return undefined;
  return signatures.length === 0 ? undefined : { t, signatures };
}

function digest(rawBody: RawBody, secret: string, t: string): Buffer {
  return createHmac('sha256', secret).update(`${t}.`).update(rawBody).digest();
}

function sameBytes(given: Buffer, expected: Buffer): boolean {
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function refused(why: SignatureRefusal): SignatureVerdict {
  return { kind: 'refused', why };
}
