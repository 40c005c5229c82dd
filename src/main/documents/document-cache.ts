import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { shownUrl } from '../../diagnosis/doctor/shown-url.ts';
import { makeDirectory } from '../../kernel/make-directory.ts';

/** A document as it was fetched. */
export interface KeptDocument {
  /** Wall time in milliseconds at which it was fetched, or last found unchanged. */
  readonly fetchedAtMs: number;
  readonly etag: string | undefined;
  readonly bytes: Uint8Array;
}

export interface DocumentCache {
  /** `undefined` where there is none, or none that can be read. */
  read(url: string): Promise<KeptDocument | undefined>;
  /** Throws what the file system throws. */
  write(url: string, document: KeptDocument): Promise<void>;
}

/**
 * Keeps fetched documents, a file for each URL: a line of JSON that says from where and when, then the document. So one rename
 * replaces both together.
 */
export function createDocumentCache(directory: string): DocumentCache {
  const fileOf = (url: string) => {
    const digest = createHash('sha256').update(url).digest('hex').slice(0, 16);
    return path.join(directory, `${new URL(url).hostname.replaceAll(/[^\w.-]/g, '')}-${digest}.json`);
  };
  return {
    async read(url) {
      const bytes = await readFile(fileOf(url)).catch(() => undefined);
      const end = bytes?.indexOf('\n') ?? -1;
      if (!bytes || end < 0) return undefined;
      const facts = readFacts(bytes.toString('utf8', 0, end));
      // Two URLs of one digest are not to be expected; a file that somebody moved here is.
      if (facts?.url !== shownUrl(url)) return undefined;
      return { fetchedAtMs: facts.fetchedAtMs, etag: facts.etag, bytes: bytes.subarray(end + 1) };
    },
    async write(url, { fetchedAtMs, etag, bytes }) {
      await makeDirectory(directory);
      const file = fileOf(url);
      const beside = `${file}.${process.pid}.new`;
      // An address may be configured with a password in it; the digest in the name tells such addresses apart.
      const facts = {
        url: shownUrl(url),
        fetchedAt: new Date(fetchedAtMs).toISOString(),
        ...(etag ? { etag } : {}),
      };
      try {
        await writeFile(beside, Buffer.concat([Buffer.from(`${JSON.stringify(facts)}\n`), bytes]), {
          mode: 0o600,
        });
        await rename(beside, file);
      } catch (error) {
        await rm(beside, { force: true }).catch(() => undefined);
        throw error;
      }
    },
  };
}

function readFacts(line: string): { url: string; fetchedAtMs: number; etag: string | undefined } | undefined {
  try {
    const { url, fetchedAt, etag } = JSON.parse(line) as Record<string, unknown>;
    const fetchedAtMs = typeof fetchedAt === 'string' ? Date.parse(fetchedAt) : Number.NaN;
    if (typeof url !== 'string' || Number.isNaN(fetchedAtMs)) return undefined;
    return { url, fetchedAtMs, etag: typeof etag === 'string' ? etag : undefined };
  } catch {
    return undefined;
  }
}
