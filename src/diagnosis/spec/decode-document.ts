import { refused } from './refused-document.ts';

const packed: readonly { readonly bytes: readonly number[]; readonly what: string }[] = [
  { bytes: [0x1f, 0x8b], what: 'gzip' },
  { bytes: [0x50, 0x4b, 0x03, 0x04], what: 'zip' },
  { bytes: [0x42, 0x5a, 0x68], what: 'bzip2' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], what: 'zstd' },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], what: 'xz' },
];

/** Text from bytes: UTF-8, or UTF-16 where its mark says so, as some shells write what is redirected into a file. */
export function decodeDocument(bytes: Uint8Array, name: string): string {
  const format = packed.find((one) => one.bytes.every((byte, index) => bytes[index] === byte));
  if (format) throw refused(name, `is packed with ${format.what}`, 'Unpack it first.');
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw refused(name, 'is no text in UTF-8', 'Give an OpenAPI 3 document in JSON or YAML, saved as UTF-8.');
  }
}
