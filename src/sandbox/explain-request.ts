import { bodyOf } from '../diagnosis/exchange/body-of.ts';
import type { Exchange } from '../diagnosis/exchange/exchange.ts';
import { readUrl } from '../diagnosis/exchange/read-url.ts';
import { explain } from '../diagnosis/explain.ts';
import type { ApiDocument, Json } from '../diagnosis/spec/api-document.ts';
import { readApiDocument } from '../diagnosis/spec/read-api-document.ts';
import { wireDocument } from '../diagnosis/spec/wire-document.ts';
import type { FailureExplanation } from '../kernel/failure-explanation.ts';
import type { JournalledRequest } from './journal.ts';
import type { KeptRequest } from './kept-requests.ts';

export type ExplainRequest = (entry: JournalledRequest, kept: KeptRequest) => FailureExplanation;

/** One name for it is usual; whoever invents more gets none of them kept. */
const MOST_HOSTS = 4;

/**
 * Says what was wrong with a request that the sandbox refused, or of which it ignored a part, by the very schemas that it serves by. Loaded when
 * something is explained.
 */
export function createExplainRequest(): ExplainRequest {
  const roots = [wireDocument('elevenlabs'), wireDocument('twilio')];
  const known = new Map<string, readonly ApiDocument[]>();

  function documentsAt(host: string): readonly ApiDocument[] {
    const documents = known.get(host) ?? roots.map((root) => servedAt(root, host));
    if (known.size < MOST_HOSTS) known.set(host, documents);
    return documents;
  }

  return (entry, kept) => {
    const explanation = explain(exchangeOf(entry, kept), documentsAt(kept.host));
    const { verdict, answer, findings, operation, fieldMap, documents } = explanation;
    return {
      verdict,
      answer,
      rules: [...new Set(findings.map(({ rule }) => rule))],
      ...(operation ? { operation: `${operation.method} ${operation.fullPath}` } : {}),
      fieldMap,
      document: operation?.document ?? documents.map(({ title }) => title).join('; '),
    };
  };
}

function servedAt(root: Json, host: string): ApiDocument {
  const servers = [...(root.servers as readonly unknown[]), { url: `http://${host}` }];
  return readApiDocument({ ...root, servers }, { kind: 'wire', name: 'src/wire' });
}

function exchangeOf(entry: JournalledRequest, kept: KeptRequest): Exchange {
  const { path, query } = readUrl(entry.path);
  const [, type] = kept.headers.find(([name]) => /^content-type$/i.test(name)) ?? [];
  const text = Buffer.from(kept.bytes).toString('utf8');
  return {
    request: {
      method: entry.method,
      scheme: 'http',
      host: kept.host,
      path,
      query,
      headers: kept.headers,
      contentType: type?.split(';')[0]?.trim().toLowerCase(),
      body: text === '' ? { kind: 'none' } : bodyOf(text, type),
    },
    reply: { status: entry.status, ...(kept.reply === undefined ? {} : { body: kept.reply }) },
  };
}
