// MPEG-1 layer III, 32 kbit/s, 48 kHz, mono: 96 bytes hold 24 ms, with no padding in any frame.
const FRAME_HEADER = [0xff, 0xfb, 0x14, 0xc0];
const FRAME_BYTES = 96;
const FRAME_MS = 24;

/**
 * An MP3 of silence that lasts `durationMs`, rounded up to whole frames. Its ID3 tag says that it is simulated. A
 * frame whose side information is all zero decodes to silence (ISO 11172-3).
 */
export function silentMp3(durationMs: number): Uint8Array {
  const tag = id3Tag([
    ['TIT2', 'Simulated recording (silence)'],
    ['TPE1', 'Donna sandbox'],
  ]);
  const frames = Math.max(1, Math.ceil(durationMs / FRAME_MS));
  const bytes = new Uint8Array(tag.length + frames * FRAME_BYTES);
  bytes.set(tag);
  for (let frame = 0; frame < frames; frame++) bytes.set(FRAME_HEADER, tag.length + frame * FRAME_BYTES);
  return bytes;
}

function id3Tag(texts: readonly (readonly [string, string])[]): Uint8Array {
  const frames = texts.map(([id, text]) => {
    const content = Buffer.from(`\0${text}`, 'latin1');
    const header = Buffer.alloc(10);
    header.write(id, 'latin1');
    header.writeUInt32BE(content.length, 4);
    return Buffer.concat([header, content]);
  });
  const body = Buffer.concat(frames);
  const header = Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, 0, 0, 0, 0]);
  // A tag's size has seven bits a byte, so that it can never look like a frame's start.
  for (let at = 0; at < 4; at++) header[6 + at] = (body.length >> (7 * (3 - at))) & 0x7f;
  return Buffer.concat([header, body]);
}
