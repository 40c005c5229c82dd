/** One entry of a tar archive. */
export interface TarEntry {
  /** As written in the archive: with slashes, maybe one in front. */
  readonly name: string;
  readonly kind: 'file' | 'folder';
  readonly content: Uint8Array;
}

const BLOCK = 512;

/** The files and folders of a tar archive in the ustar form (POSIX.1-1988), which PGlite's dumps have. @throws Error when it is torn. */
export function* untar(archive: Uint8Array): Generator<TarEntry> {
  const text = (from: number, length: number) =>
    Buffer.from(archive.buffer, archive.byteOffset + from, length)
      .toString('latin1')
      .replace(/\0.*$/s, '');
  let at = 0;
  while (at + BLOCK <= archive.byteLength && archive[at] !== 0) {
    const name = [text(at + 345, 155), text(at, 100)].filter(Boolean).join('/');
    const size = Number.parseInt(text(at + 124, 12).trim() || '0', 8);
    const end = at + BLOCK + size;
    if (!(end <= archive.byteLength)) throw new Error('the archive ends in the middle of a file');
    const content = archive.subarray(at + BLOCK, end);
    const type = text(at + 156, 1);
    if (type === '0' || type === '') yield { name, kind: 'file', content };
    else if (type === '5') yield { name, kind: 'folder', content };
    else throw new Error(`the archive has an entry of type ${type}`);
    at = at + BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  if (archive.byteLength < at + BLOCK) throw new Error('the archive has no end');
}
