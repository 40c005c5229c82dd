import { isObject } from './json.ts';

export interface JournalledRequest {
  readonly at: string;
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  /** Our name of the operation, where the path and method are known. */
  readonly operation?: string;
  /** Absent when no reply was sent. */
  readonly status?: number;
  /** Fields that the provider does not know and dropped in silence. */
  readonly ignored: readonly string[];
  /** The fault that was put on this request. */
  readonly fault?: string;
  /** What was sent, with secrets masked. */
  readonly body?: unknown;
}

/** A phone that was made to ring. */
export interface Ring {
  readonly at: string;
  readonly to: string;
  readonly from: string;
  readonly conversationId: string;
  readonly callee: string;
}

export interface JournalledWebhook {
  readonly at: string;
  readonly type: string;
  readonly url: string;
  readonly conversationId: string;
  readonly attempt: number;
  /** The receiver's status, or what went wrong instead. */
  readonly outcome: number | string;
}

/** What went in and out of the sandbox, so that a test can count dials. Holds no key and no Authorization header. */
export interface Journal {
  readonly requests: readonly JournalledRequest[];
  readonly rings: readonly Ring[];
  readonly webhooks: readonly JournalledWebhook[];
  clear(): void;
}

export interface WritableJournal extends Journal {
  request(entry: JournalledRequest): void;
  ring(entry: Ring): void;
  webhook(entry: JournalledWebhook): void;
}

// A sandbox may run for days: the oldest entries go.
const MOST_ENTRIES = 10_000;

export function createJournal(): WritableJournal {
  const requests: JournalledRequest[] = [];
  const rings: Ring[] = [];
  const webhooks: JournalledWebhook[] = [];
  const add = <T>(list: T[], entry: T) => {
    list.push(entry);
    if (list.length > MOST_ENTRIES) list.shift();
  };
  return {
    requests,
    rings,
    webhooks,
    request: (entry) =>
      add(requests, { ...entry, ...('body' in entry && { body: withoutSecrets(entry.body) }) }),
    ring: (entry) => add(rings, entry),
    webhook: (entry) => add(webhooks, entry),
    clear() {
      for (const list of [requests, rings, webhooks]) list.length = 0;
    },
  };
}

const SECRET = /token|secret|password|api_?key|authorization|credential/i;

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      SECRET.test(name) && (typeof inner === 'string' || isObject(inner))
        ? '(masked)'
        : withoutSecrets(inner),
    ]),
  );
}
