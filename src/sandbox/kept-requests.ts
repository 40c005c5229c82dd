import type { IncomingHttpHeaders } from 'node:http';
import type { JournalledRequest } from './journal.ts';

/** What an explanation needs of a request besides its entry. It never leaves the sandbox. */
export interface KeptRequest {
  readonly host: string;
  /** Without what credentials there were; that they were there, and of which kind, stays. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly bytes: Uint8Array;
  readonly reply: unknown;
}

/** Longer ones are not explained. */
const MOST_BYTES = 64 * 1024;
/** The latest of them. */
const MOST_KEPT = 200;

export interface KeptRequests {
  keep(entry: JournalledRequest, request: KeptRequest): void;
  of(entry: JournalledRequest): KeptRequest | undefined;
  clear(): void;
}

export function createKeptRequests(): KeptRequests {
  const kept = new Map<JournalledRequest, KeptRequest>();
  return {
    keep(entry, request) {
      if (!isWorthIt(entry) || request.bytes.length > MOST_BYTES) return;
      kept.set(entry, request);
      const [oldest] = kept.keys();
      if (kept.size > MOST_KEPT && oldest) kept.delete(oldest);
    },
    of: (entry) => kept.get(entry),
    clear: () => kept.clear(),
  };
}

/** Refused, or not all of it taken. What a fault made of it says nothing about the request. */
function isWorthIt({ status = 0, ignored, fault }: JournalledRequest): boolean {
  return fault === undefined && ((status >= 400 && status < 500) || (status < 300 && ignored.length > 0));
}

/** The headers of a request, with stand-ins for what is secret. */
export function headersWithoutSecrets(headers: IncomingHttpHeaders): KeptRequest['headers'] {
  return Object.entries(headers).map(([name, value]) => {
    const text = Array.isArray(value) ? value.join(', ') : (value ?? '');
    if (!/authorization|cookie|key|token|secret/i.test(name) || text.trim() === '')
      return [name, text] as const;
    const kind = /^(?:bearer|basic|token|digest)\s+(?=\S)/i.exec(text)?.[0] ?? '';
    return [name, `${kind}$API_KEY`] as const;
  });
}
