import { shownUrl } from '../../diagnosis/doctor/shown-url.ts';
import type { DocumentOrigin } from '../../diagnosis/spec/api-document.ts';
import type { Clock } from '../../kernel/clock.ts';
import { AppError } from '../../kernel/errors.ts';
import type { DocumentCache, KeptDocument } from './document-cache.ts';
import type { FetchedDocument } from './fetch-document.ts';

const FRESH_MS = 24 * 3600_000;

export interface DefaultDocumentParts {
  readonly cache: DocumentCache;
  readonly clock: Clock;
  readonly fetchDocument: (url: string, etag: string | undefined) => Promise<FetchedDocument>;
  /** Parses what came. @throws AppError where it is no OpenAPI document. */
  readonly parse: (bytes: Uint8Array, origin: DocumentOrigin) => Promise<unknown>;
  /** One line for the user. */
  readonly say: (line: string) => void;
}

export interface FoundDocument {
  readonly root: unknown;
  readonly origin: DocumentOrigin;
}

/**
 * The document that a provider publishes at `url`: kept for a day, then asked for again. Where it cannot be had the kept one serves at any
 * age, and `undefined` says that there is none either. With `offline` nothing leaves the machine.
 */
export async function defaultDocument(
  url: string,
  offline: boolean,
  parts: DefaultDocumentParts,
): Promise<FoundDocument | undefined> {
  const { cache, clock, fetchDocument, say } = parts;
  const bytes = await cache.read(url);
  const kept = bytes && (await readKept(url, bytes, parts));
  if (kept && (offline || isFresh(kept.document, clock))) return kept.found;
  if (offline) {
    say('With --offline nothing is fetched, and no document has been kept yet.');
    return undefined;
  }
  try {
    const reply = await fetchDocument(url, kept?.document.etag);
    const now = { fetchedAtMs: clock.now(), etag: reply.etag ?? kept?.document.etag };
    const origin: DocumentOrigin = { kind: 'live', name: shownUrl(url), date: dayOf(now.fetchedAtMs) };
    if (reply.kind === 'unchanged' && kept) {
      await keep(url, { ...now, bytes: kept.document.bytes }, parts);
      return { root: kept.found.root, origin };
    }
    const root = await parts.parse(reply.bytes, origin);
    await keep(url, { ...now, bytes: reply.bytes }, parts);
    return { root, origin };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    say(`The live document cannot be had: ${error.message}`);
    return kept?.found;
  }
}

async function readKept(url: string, document: KeptDocument, { parse, say }: DefaultDocumentParts) {
  const origin: DocumentOrigin = { kind: 'cache', name: shownUrl(url), date: dayOf(document.fetchedAtMs) };
  try {
    return { document, found: { root: await parse(document.bytes, origin), origin } };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    say(`The document that was kept is not used: ${error.message}`);
    return undefined;
  }
}

async function keep(
  url: string,
  document: KeptDocument,
  { cache, say }: DefaultDocumentParts,
): Promise<void> {
  try {
    await cache.write(url, document);
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    say(`The document cannot be kept for the next time (${why}).`);
  }
}

/** One that is dated in the future, after the machine's clock was set back, is not fresh for ever. */
function isFresh({ fetchedAtMs }: KeptDocument, clock: Clock): boolean {
  const age = clock.now() - fetchedAtMs;
  return age >= 0 && age < FRESH_MS;
}

function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}
