import type { Clock } from './clock.ts';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Fills an array with random bytes; `crypto.getRandomValues` in real life, seeded in simulations. */
export type RandomBytes = (count: number) => Uint8Array;

export const realRandomBytes: RandomBytes = (count) =>
  globalThis.crypto.getRandomValues(new Uint8Array(count));

/** Makes ids such as `att_01J…`: a prefix of ours and a ULID (https://github.com/ulid/spec), so ids sort by time. */
export type NewId = (prefix: 'call' | 'att' | 'case' | 'key') => string;

export function createIds(clock: Pick<Clock, 'now'>, randomBytes: RandomBytes): NewId {
  return (prefix) => `${prefix}_${encodeTime(clock.now())}${encodeRandom(randomBytes(16))}`;
}

function encodeTime(nowMs: number): string {
  let rest = Math.floor(nowMs);
  let text = '';
  for (let digit = 0; digit < 10; digit++) {
    text = CROCKFORD.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

function encodeRandom(bytes: Uint8Array): string {
  // 16 characters of 5 bits; one byte each wastes 3 bits and needs no arithmetic over byte borders.
  return Array.from(bytes.subarray(0, 16), (byte) => CROCKFORD.charAt(byte & 31)).join('');
}
