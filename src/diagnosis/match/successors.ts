import type { ApiDocument, ApiOperation } from '../spec/api-document.ts';
import { pathPattern } from '../spec/spec-model.ts';

/** The operations that the description of another one names: `Use POST /v1/calls instead`. Their numbers in the document. */
export function namedSuccessors(document: ApiDocument, operation: ApiOperation): ReadonlySet<number> {
  const text = `${operation.description ?? ''} ${operation.summary ?? ''}`.slice(0, 5_000);
  const found = new Set<number>();
  if (text.length < 5) return found;
  const byId = operation.deprecated
    ? new Set(text.match(/[A-Za-z_][\w./-]{4,80}/g) ?? [])
    : new Set<string>();
  const paths = [
    ...text.matchAll(
      /(?:\b(GET|POST|PUT|PATCH|DELETE)\s+)?[`"']?(?:https?:\/\/[\w.-]+)?(\/[\w{}./:-]{2,200})/g,
    ),
  ].map(([, method, path = '']) => ({ method, pattern: trimmed(pathPattern(path)) }));
  for (const other of document.operations) {
    if (other === operation) continue;
    const patterns = other.servers.map(({ basePath }) => trimmed(pathPattern(basePath + other.path)));
    const own = trimmed(pathPattern(other.path));
    const named = paths.some(
      ({ method, pattern }) =>
        (method === undefined ? other.method === operation.method : other.method === method) &&
        (pattern === own || patterns.includes(pattern)),
    );
    if (
      named ||
      (other.operationId !== undefined && other.operationId.length > 6 && byId.has(other.operationId))
    )
      found.add(other.index);
  }
  return found;
}

function trimmed(path: string): string {
  return path.replace(/[./]+$/, '');
}
