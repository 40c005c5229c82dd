import type { Exchange } from '../../diagnosis/exchange/exchange.ts';
import { formFields } from '../../diagnosis/exchange/form-text.ts';
import { readUrl } from '../../diagnosis/exchange/read-url.ts';
import { explain } from '../../diagnosis/explain.ts';
import type { Explanation } from '../../diagnosis/explanation.ts';
import type { ApiDocument } from '../../diagnosis/spec/api-document.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { FailedExchange, SentExchange } from '../../kernel/errors.ts';
import type { ExplainFailure, FailureExplanation } from '../../kernel/failure-explanation.ts';
import { readErrorBody } from '../../wire/elevenlabs/error.ts';
import { createDocumentSources } from '../documents/document-sources.ts';
import type { DocumentedProvider } from '../documents/provider-of-host.ts';
import { withoutValues } from './without-values.ts';

/** Characters of JSON. Ours are a few thousand; beyond it nothing is explained. */
const MOST_CHARACTERS = 256 * 1024;

/** Explains an exchange by the document that is kept of its API, else by the one that is made from the wire. Asks no network. */
export function createExplainExchange(parts: {
  readonly directory: string;
  readonly clock: Clock;
}): ExplainFailure {
  const known = new Map<string, Promise<ApiDocument>>();

  function documentOf(provider: DocumentedProvider, baseUrl: string): Promise<ApiDocument> {
    const key = `${provider} ${baseUrl}`;
    const reading = known.get(key) ?? readDocument(provider, baseUrl, parts);
    known.set(key, reading);
    return reading;
  }

  return async (exchange) => {
    const { sent } = exchange;
    if (!sent || !isDocumented(sent.provider)) return undefined;
    if (JSON.stringify([sent.body, exchange.body]).length > MOST_CHARACTERS) return undefined;
    const { masked, unmask } = withoutValues(sent);
    const document = await documentOf(sent.provider, rightBase(exchange, sent));
    const { operation, ...words } = told(explain(exchangeOf(exchange, masked), [document]), unmask);
    return {
      ...words,
      ...(operation === undefined ? {} : { operation }),
      // Only the document of ElevenLabs is there without being named.
      ...(operation === undefined || sent.provider !== 'elevenlabs' ? {} : { more: showCommand(operation) }),
    };
  };
}

function isDocumented(provider: string): provider is DocumentedProvider {
  return provider === 'elevenlabs' || provider === 'twilio';
}

function readDocument(
  provider: DocumentedProvider,
  baseUrl: string,
  { directory, clock }: { readonly directory: string; readonly clock: Clock },
): Promise<ApiDocument> {
  const sources = createDocumentSources({
    settings: async () => ({ addresses: { elevenlabs: baseUrl, twilio: baseUrl }, directory }),
    fetch: () => Promise.reject(new Error('Nothing is fetched for an explanation.')),
    clock,
    say: () => {},
  });
  return sources.ofProvider(provider, true);
}

/** The path of a configured address is right where the API itself answered below it: a proxy has one. An unknown route speaks against it. */
function rightBase({ status, body }: FailedExchange, { baseUrl }: SentExchange): string {
  const { shape, message } = readErrorBody(body);
  const unknownRoute =
    status === 404 && (shape === 'foreign' || (shape === 'text' && message === 'Not Found'));
  return unknownRoute ? new URL(baseUrl).origin : baseUrl;
}

function exchangeOf({ method, status, body: reply }: FailedExchange, sent: SentExchange): Exchange {
  const { scheme, host, path, query } = readUrl(sent.url);
  const { body } = sent;
  return {
    request: {
      method,
      scheme: scheme ?? 'https',
      host,
      path,
      query,
      headers: sent.headerNames.map((name) => [name, headerText(name, sent)] as const),
      contentType:
        body === undefined
          ? undefined
          : sent.encoding === 'form'
            ? 'application/x-www-form-urlencoded'
            : 'application/json',
      body:
        body === undefined
          ? { kind: 'none' }
          : sent.encoding === 'form'
            ? { kind: 'form', encoding: 'urlencoded', value: formFields(Object.entries(body as object)) }
            : { kind: 'json', value: body },
    },
    reply: { status, ...(reply === undefined ? {} : { body: reply }) },
  };
}

/** The values are not kept. That a credential was there, and of which kind, is all that its rules ask. */
function headerText(name: string, { encoding }: SentExchange): string {
  if (/^content-type$/i.test(name))
    return encoding === 'form' ? 'application/x-www-form-urlencoded' : 'application/json';
  if (/^accept$/i.test(name)) return '*/*';
  return /^authorization$/i.test(name) ? 'Basic $API_CREDENTIALS' : '$API_KEY';
}

function showCommand(operation: string): string {
  const [method = '', path = ''] = operation.split(' ');
  return `donna spec show ${method} ${/[{}]/.test(path) ? `'${path}'` : path}`;
}

function told(explanation: Explanation, unmask: (text: string) => string): FailureExplanation {
  const { verdict, answer, findings, operation, fieldMap, documents } = explanation;
  const [document] = documents;
  return {
    verdict,
    answer: answer.map(unmask),
    rules: [...new Set(findings.map(({ rule }) => rule))],
    ...(operation ? { operation: `${operation.method} ${operation.fullPath}` } : {}),
    fieldMap,
    document: document ? [document.title, document.origin.date].filter(Boolean).join(', ') : '',
  };
}
