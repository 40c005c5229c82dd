import type { SentRequest } from './exchange/exchange.ts';
import { shellQuote } from './exchange/shell-quote.ts';
import { variableParts } from './exchange/variable-parts.ts';
import type { Hypothesis } from './explanation.ts';
import type { Match } from './match/match.ts';
import { operationParameters } from './spec/operation-parameters.ts';

/** A match as it is told. @param alike those that the request would fit just as well */
export function hypothesisOf(match: Match, request: SentRequest, alike: readonly Match[] = []): Hypothesis {
  const { operation, document, server, route } = match;
  const { required, optional } = operationParameters(document, operation);
  return {
    method: operation.method,
    path: operation.path,
    fullPath: route.template,
    ...(server.host === undefined ? {} : { host: server.host }),
    ...(operation.operationId === undefined ? {} : { operationId: operation.operationId }),
    ...(operation.summary === undefined ? {} : { summary: operation.summary }),
    deprecated: operation.deprecated,
    pointer: operation.pointer,
    document: document.title,
    confidence: rounded(match.confidence),
    ...(alike.length === 0 ? {} : { family: familyOf(match, alike) }),
    evidence: { for: match.speaksFor, against: match.speaksAgainst },
    confirm: confirmCommand(match, request),
    required,
    optional,
  };
}

function familyOf(match: Match, alike: readonly Match[]) {
  return {
    confidence: rounded(alike.reduce((sum, { confidence }) => sum + confidence, match.confidence)),
    others: alike.map(({ operation, route }) => `${operation.method} ${route.template}`),
  };
}

function rounded(share: number): number {
  return Math.round(share * 1000) / 1000;
}

/**
 * A request that tells whether the operation is there and changes nothing: a read as it is, anything else by OPTIONS, which servers answer with
 * the methods of a path (RFC 9110, 9.3.7) and which runs no operation.
 */
function confirmCommand({ operation, server, route }: Match, request: SentRequest): string {
  const host =
    server.host !== undefined && request.host !== server.host
      ? server.host
      : request.host || (server.host ?? 'HOST');
  const reads = operation.method === 'GET' || operation.method === 'HEAD';
  const url = `${server.host === undefined ? request.scheme : server.scheme}://${host}${route.path}`;
  return `curl -i -X ${reads ? operation.method : 'OPTIONS'} ${shellQuote(variableParts(url, 'anywhere'))}`;
}
