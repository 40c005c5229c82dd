import type { SentBody } from '../exchange/exchange.ts';
import type { FoundCommand } from './found-call.ts';
import type { SourceRequest } from './request-of.ts';
import { createUnknownNames, holdsUnknown, type UnknownNames, unknownValue } from './unknown-value.ts';

const deepest = 50;

/** What a shell or a reader of documentation puts something else in for. */
const variable =
  /^(?:\$\{?\w+\}?|\$\([\s\S]*\)|\{\{?\s*[\w.-]+\s*\}?\}|<[^<>]+>|:[a-z_]\w*|(?:your|my)[-_ ][\w -]*|x{3,}|\.{3}|\u2026)$/i;

/** The request of a curl command, with its variables and placeholders under names, as those of a program are. */
export function requestOfCommand({ request }: FoundCommand): SourceRequest {
  const names = createUnknownNames();
  const named = (text: string) =>
    variable.test(text.slice(0, 300)) ? unknownValue(names.nameOf(text)) : text;
  return {
    names,
    baseUnknown: request.host === '' || /[<>{}$]/.test(request.host),
    open: { headers: false, query: false, body: false },
    request: {
      ...request,
      host: /[<>{}$]/.test(request.host) ? '' : request.host,
      path: namedPath(request.path, names),
      query: request.query.map(([name, value]) => [name, named(value)] as const),
      body: namedBody(request.body, named),
    },
  };
}

/** Each variable or placeholder of a path is its own value: `/v1/$ID.json`. */
export function namedPath(path: string, names: UnknownNames): string {
  return path.replace(pathVariable, (text) => unknownValue(names.nameOf(text)));
}

export const pathVariable =
  /\$\{\w+\}|\$\w+|\{\{?[\w.-]+\}?\}|<[^<>/]+>|(?<=\/):[a-z_]\w*|(?<=\/)(?:YOUR|MY)[-_]\w+/g;

function namedBody(body: SentBody, named: (text: string) => string): SentBody {
  // `{...}` in documentation, and a bare variable in a script, are filled in before anything is sent.
  if (body.kind === 'text' && body.problem !== undefined && holdsUnknown(body.text)) {
    return { kind: 'unread', why: 'it has variables or placeholders outside of texts' };
  }
  if (body.kind === 'json') return { ...body, value: namedValue(body.value, named, 0) };
  if (body.kind !== 'form') return body;
  return { ...body, value: namedValue(body.value, named, 0) as Readonly<Record<string, unknown>> };
}

function namedValue(value: unknown, named: (text: string) => string, depth: number): unknown {
  if (typeof value === 'string') return named(value);
  if (typeof value !== 'object' || value === null || depth > deepest) return value;
  if (Array.isArray(value)) return value.map((item) => namedValue(item, named, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, namedValue(inner, named, depth + 1)]),
  );
}
