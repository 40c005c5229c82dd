import type { SentRequest } from './exchange/exchange.ts';
import type { Explanation, Fix } from './explanation.ts';
import type { PlacedIssue } from './match/match.ts';
import type { Conformance } from './proof.ts';
import type { ApiDocument, ApiServer } from './spec/api-document.ts';
import { checkRequest } from './spec/check-request.ts';

/** What stands for a secret: the name of a variable, alone or behind a word as in `Bearer $API_TOKEN`. */
const variable = /^(?:[\w-]+ )?\$(?:\{[A-Z_]\w*\}|[A-Z_]\w*)$/;

/**
 * Whether the corrected request is valid by the document that its operation is from. What is not in the request, holes and secrets
 * that were taken out, is named and not judged. `undefined`: there is no fix, or the document is not among those that were given.
 */
export function proveConformance(
  { operation: found, fix }: Explanation,
  documents: readonly ApiDocument[],
): Conformance | undefined {
  if (!found || !fix) return undefined;
  for (const document of documents) {
    const operation = document.operations.find(
      ({ pointer, method, path }) =>
        pointer === found.pointer && method === found.method && path === found.path,
    );
    const server = operation && serverOf(operation.servers, found.fullPath, operation.path, fix.request);
    if (!operation || !server) continue;
    const issues = checkRequest(document, operation, server, fix.request).filter(
      ({ issue }) => !standsForSecret(issue.sent),
    );
    return { ok: issues.length === 0, issues, unchecked: uncheckedNames(fix) };
  }
  return undefined;
}

/** The server of the corrected request: by its base path, and by its host where both are known. */
function serverOf(
  servers: readonly ApiServer[],
  fullPath: string,
  path: string,
  request: SentRequest,
): ApiServer | undefined {
  const fitting = servers.filter(({ basePath }) => basePath + path === fullPath);
  return fitting.find(({ host }) => host === request.host) ?? fitting[0] ?? servers[0];
}

function standsForSecret(sent: PlacedIssue['issue']['sent']): boolean {
  return typeof sent === 'string' && variable.test(sent);
}

function uncheckedNames({ request, holes }: Fix): string[] {
  const headers = (request.headers ?? []).filter(([, value]) => variable.test(value)).map(([name]) => name);
  const query = request.query.filter(([, value]) => variable.test(value)).map(([name]) => name);
  return [...new Set([...holes.map(({ name }) => name), ...headers, ...query, ...secretFields(request)])];
}

/** Names of fields of the body that a variable stands for. */
function secretFields({ body }: SentRequest): string[] {
  if (body.kind !== 'json' && body.kind !== 'form') return [];
  const names: string[] = [];
  const open: (readonly [name: string, value: unknown])[] = [['the body', body.value]];
  // Bounded: a hostile body has more fields than anybody reads.
  for (let visited = 0; visited < 10_000; visited += 1) {
    const next = open.pop();
    if (!next) break;
    const [name, value] = next;
    if (standsForSecret(value)) names.push(name);
    else if (typeof value === 'object' && value !== null) open.push(...Object.entries(value).slice(0, 1000));
  }
  return names;
}
