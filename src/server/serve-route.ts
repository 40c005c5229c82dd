import type { z } from 'zod';
import type { Fault } from '../api/problem.ts';
import type { Route } from '../api/route.ts';
import type { Caller } from './caller.ts';
import type { Answer, Exchange } from './exchange.ts';
import { faultsOf, MOST_FAULTS } from './faults.ts';
import { readBody } from './read-body.ts';
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
  const url = new URL(request.url);
  const params = parse(route.params, () => knock.params, 'path');
  const query = route.query
    ? parse(route.query, () => readQuery(url, route.query as z.ZodObject), 'query')
    : noQuery(url, faults);
  const headers = parse(route.headers, () => Object.fromEntries(request.headers), 'header');
  const json = request.method === 'GET' || request.method === 'HEAD' ? undefined : await readBody(request);
  const body = route.body
    ? parse(route.body, () => (json === undefined ? {} : json), 'body')
    : noBody(json, faults);
  if (faults.length > 0) {
    const [first] = faults;
    const place = first?.pointer ?? first?.parameter;
    throw new Refused(
      'bad-input',
      faults.length === 1
        ? `${place || 'The body'}: ${first?.detail}`
        : `The request has ${faults.length < MOST_FAULTS ? faults.length : `${MOST_FAULTS} or more`} faults.`,
      {
        hint: 'errors has the faults with their places; GET /openapi.json describes the request.',
        errors: faults.slice(0, MOST_FAULTS),
      },
    );
  }
  const answer = await handler({
    params,
    query,
    headers,
    body,
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
