import type { z } from 'zod';
import type { Fault } from '../api/problem.ts';
import type { Route } from '../api/route.ts';
import type { Caller } from './caller.ts';
import type { Answer, Exchange } from './exchange.ts';
import { faultsOf, MOST_FAULTS, refusalOfFaults } from './faults.ts';
import { readBody, readBodyBytes } from './read-body.ts';
import { readQuery } from './read-query.ts';
import { Refused } from './refused.ts';

/** What stands for the caller on routes that need none: it may do nothing. */
const nobody: Caller = { keyId: '', name: '', role: 'viewer', budget: undefined, ratePerMinute: 0 };

/** Parses every part of a request, hears all faults at once, and lets the handler answer. */
export async function serveRoute(
  route: Route,
  handler: (exchange: Exchange<Route>) => Promise<Answer>,
  knock: {
    readonly request: Request;
    readonly params: Readonly<Record<string, string>>;
    readonly caller: Caller | undefined;
    readonly signal: AbortSignal;
  },
): Promise<Response> {
  const { request } = knock;
  const faults: Fault[] = [];
  const parse = (
    schema: z.ZodObject | undefined,
    given: () => unknown,
    where: Parameters<typeof faultsOf>[2],
  ) => {
    if (!schema) return undefined;
    const parsed = schema.safeParse(given(), { reportInput: true });
    if (parsed.success) return parsed.data;
    faults.push(...faultsOf(parsed.error, schema, where));
    return undefined;
  };
  // No id has it, and the database has no place for it.
  if (Object.values(knock.params).some((part) => part.includes('\u0000')))
    throw new Refused('not-found', 'Nothing has a name with the character U+0000.');
  const readParsed = async () => {
    const json = request.method === 'GET' || request.method === 'HEAD' ? undefined : await readBody(request);
    return route.body
      ? parse(route.body, () => (json === undefined ? {} : json), 'body')
      : noBody(json, faults);
  };
  const url = new URL(request.url);
  const params = parse(route.params, () => knock.params, 'path');
  const query = route.query
    ? parse(route.query, () => readQuery(url, route.query as z.ZodObject), 'query')
    : noQuery(url, faults);
  const headers = parse(route.headers, () => Object.fromEntries(request.headers), 'header');
  const { mostBodyBytes } = route;
  const bytes = mostBodyBytes === undefined ? new Uint8Array() : await readBodyBytes(request, mostBodyBytes);
  const body = mostBodyBytes === undefined ? await readParsed() : undefined;
  if (faults.length > 0) throw refusalOfFaults(faults);
  const answer = await handler({
    params,
    query,
    headers,
    body,
    bytes,
    caller: knock.caller ?? nobody,
    request,
    get signal() {
      return knock.signal;
    },
  } as Exchange<Route>);
  return answer instanceof Response ? answer : jsonResponse(answer);
}

function noQuery(url: URL, faults: Fault[]): undefined {
  for (const name of [...new Set(url.searchParams.keys())].slice(0, MOST_FAULTS))
    faults.push({ parameter: name.slice(0, 100), detail: 'No parameter is known here.' });
}

function noBody(json: unknown, faults: Fault[]): undefined {
  if (json === undefined) return;
  const empty = typeof json === 'object' && json !== null && Object.keys(json).length === 0;
  if (!empty) faults.push({ pointer: '', detail: 'No body is taken here.' });
}

function jsonResponse({ status, body, headers }: Exclude<Answer, Response>): Response {
  if (body === undefined) return new Response(null, { status, ...(headers ? { headers } : {}) });
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
  });
}
