import { expect, it } from 'vitest';
import { silentMp3 } from './silent-mp3.ts';

it('is whole frames of 24 ms, one after the other, behind a tag that says what it is', () => {
  const bytes = silentMp3(10_000);
  const size = [6, 7, 8, 9].reduce((sum, at) => sum * 128 + (bytes[at] ?? 0), 0);
  expect(Buffer.from(bytes.subarray(0, 3)).toString()).toBe('ID3');
  expect(Buffer.from(bytes.subarray(10, 10 + size)).toString('latin1')).toContain('Simulated');
  const audio = bytes.subarray(10 + size);
  expect(audio.length).toBe(Math.ceil(10_000 / 24) * 96);
  for (let at = 0; at < audio.length; at += 96) {
    // Sync word, MPEG-1 layer III without checksum; 32 kbit/s and 48 kHz; mono.
    expect([...audio.subarray(at, at + 4)]).toEqual([0xff, 0xfb, 0x14, 0xc0]);
  }
});

it('has a frame even for nothing', () => {
  expect(silentMp3(0).length).toBeGreaterThan(96);
});
