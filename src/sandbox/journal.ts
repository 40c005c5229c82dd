import type { FailureExplanation } from '../kernel/failure-explanation.ts';
import type { ExplainRequest } from './explain-request.ts';
import { isObject } from './json.ts';
import { createKeptRequests, type KeptRequest } from './kept-requests.ts';

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
  /**
   * What was wrong with one of `requests` that was refused, or of which a part was ignored; `undefined` for others, for one that a fault struck, and
   * where two hundred came after it.
   */
  explain(entry: JournalledRequest): Promise<FailureExplanation | undefined>;
  clear(): void;
}

export interface WritableJournal extends Journal {
  /** `sent`: what an explanation of it would need. */
  request(entry: JournalledRequest, sent?: KeptRequest): void;
  ring(entry: Ring): void;
  webhook(entry: JournalledWebhook): void;
}

// A sandbox may run for days: the oldest entries go.
const MOST_ENTRIES = 10_000;

/** `refused` is told of each request that can be explained. */
export function createJournal(refused: (entry: JournalledRequest) => void = () => {}): WritableJournal {
  const kept = createKeptRequests();
  let explainer: Promise<ExplainRequest> | undefined;
  const explained = new WeakMap<JournalledRequest, FailureExplanation>();
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
    request(entry, sent) {
      const shown = { ...entry, ...('body' in entry && { body: withoutSecrets(entry.body) }) };
      add(requests, shown);
      if (sent) kept.keep(shown, sent);
      if (kept.of(shown)) refused(shown);
    },
    ring: (entry) => add(rings, entry),
    webhook: (entry) => add(webhooks, entry),
    async explain(entry) {
      const sent = kept.of(entry);
      const known = explained.get(entry);
      if (!sent || known) return known;
      explainer ??= import('./explain-request.ts').then(({ createExplainRequest }) => createExplainRequest());
      const explanation = (await explainer)(entry, sent);
      explained.set(entry, explanation);
      return explanation;
    },
    clear() {
      for (const list of [requests, rings, webhooks]) list.length = 0;
      kept.clear();
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
