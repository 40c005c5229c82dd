import type { ApiDocument, ApiOperation, SecurityScheme } from './api-document.ts';
import { fullPath, operationName } from './full-path.ts';
import { type OperationParameters, operationParameters } from './operation-parameters.ts';
import { successorHint } from './successor-hint.ts';

/** What a caller needs to know of an operation, as plain data. */
export interface OperationDescription extends OperationParameters {
  readonly method: string;
  /** As in the document. */
  readonly path: string;
  /** With the base path. */
  readonly fullPath: string;
  /** URLs, as the document has them. */
  readonly servers: readonly string[];
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly deprecated: boolean;
  /** What its description says of the operation that took its place. */
  readonly successor?: { readonly sentence: string; readonly operation?: string };
  /** Each a way to be let in, in words. Empty: none is asked for, or none is declared. */
  readonly security: readonly string[];
  readonly bodyRequired: boolean;
  /** Of the body, in the document's order. */
  readonly contentTypes: readonly string[];
  /** JSON pointer. */
  readonly pointer: string;
}

export function describeOperation(document: ApiDocument, operation: ApiOperation): OperationDescription {
  const body = operation.body();
  const hint = successorHint(operation, document.operations);
  return {
    method: operation.method,
    path: operation.path,
    fullPath: fullPath(operation),
    servers: operation.servers.map(({ url }) => url),
    ...(operation.operationId === undefined ? {} : { operationId: operation.operationId }),
    ...(operation.summary === undefined ? {} : { summary: operation.summary }),
    ...(operation.description === undefined ? {} : { description: operation.description }),
    tags: operation.tags,
    deprecated: operation.deprecated,
    ...(hint
      ? {
          successor: {
            sentence: hint.sentence,
            ...(hint.operation ? { operation: operationName(hint.operation) } : {}),
          },
        }
      : {}),
    security: operation
      .security()
      .map((together) => together.map(schemeWords).join(' and '))
      .map((words) => words || 'nothing'),
    bodyRequired: body?.required ?? false,
    contentTypes: (body?.contents ?? []).map(({ type }) => type),
    pointer: operation.pointer,
    ...operationParameters(document, operation),
  };
}

function schemeWords({ name, kind, in: place, key, scheme }: SecurityScheme): string {
  if (kind === 'apiKey' && place && key) return `${place} ${key}`;
  if (kind === 'http' && scheme)
    return `header Authorization: ${scheme === 'bearer' ? 'Bearer' : scheme === 'basic' ? 'Basic' : scheme}`;
  const kinds = {
    oauth2: 'OAuth 2',
    openIdConnect: 'OpenID Connect',
    mutualTLS: 'a client certificate',
  } as const;
  return kind in kinds ? `${kinds[kind as keyof typeof kinds]} (${name})` : name;
}
