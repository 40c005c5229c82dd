import type { IncomingHttpHeaders } from 'node:http';
import { AppError } from '../../kernel/errors.ts';
import type { Operation } from '../../wire/operation.ts';
import type { Fault } from '../faults.ts';
import { routes } from '../routes/index.ts';
import type { Route, RouteRequest } from '../routes/route.ts';
import type { World } from '../world.ts';
import { authorise } from './authorise.ts';
import { faultReply } from './fault-reply.ts';
import { createPathMatcher, type PathMatch } from './match-path.ts';
import { parseRequest } from './parse-request.ts';
import { plainRefusal, type Reply } from './refusals.ts';
import { twilioRefusals } from './twilio-refusal.ts';

export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Uint8Array;
}

export interface Answer {
  readonly reply: Reply;
  readonly operation?: Operation | undefined;
  /** A fault that is left to the connection: delay, cut, break. */
  readonly fault?: Fault | undefined;
  readonly ignored: readonly string[];
  /** The body as it was understood, for the journal. */
  readonly body?: unknown;
}

const match = createPathMatcher<Route>(
  routes.map((route) => ({ method: route.operation.method, path: route.operation.path, target: route })),
);

/** Judges a request in the provider's order: path, method, key, body; then lets the route answer. */
export async function answer(world: World, request: RawRequest): Promise<Answer> {
  const found = match(request.method, request.path);
  const fault = world.faults.take({
    operation: found.kind === 'found' ? found.target.operation.name : undefined,
    method: request.method,
    path: request.path,
    webhook: false,
  });
  if (found.kind !== 'found') return { reply: misdirected(request, found), fault, ignored: [] };
  const { operation } = found.target;
  if (fault && happensBefore(fault))
    return { reply: faultReply(fault, operation), operation, fault, ignored: [] };

  const refused = authorise(operation, request.headers, world.state);
  if (refused) return { reply: refused, operation, fault, ignored: [] };
  const parsed = parseRequest(operation, request);
  if (parsed.kind === 'refused') return { reply: parsed.reply, operation, fault, ignored: [] };
  const { query, body, ignored } = parsed;
  const reply = await replyOf(found.target, world, { params: found.params, query, body, fault });
  return {
    reply: fault?.kind === 'status' ? faultReply(fault, operation) : reply,
    operation,
    fault,
    ignored,
    body,
  };
}

/** A route that throws has a reply too: the journal needs the body and the fault of its request. */
async function replyOf(route: Route, world: World, request: RouteRequest): Promise<Reply> {
  try {
    return await route.answer(world, request);
  } catch (error) {
    return failed(error);
  }
}

/** The operation at a path, for a request that was not answered. */
export function operationAt(method: string, path: string): Operation | undefined {
  const found = match(method, path);
  return found.kind === 'found' ? found.target.operation : undefined;
}

/** The reply of a bug or a full disk. */
export function failed(error: unknown): Reply {
  const message = error instanceof AppError ? error.message : 'The sandbox failed.';
  return { status: 500, body: { detail: { status: 'sandbox_error', message } } };
}

function misdirected(request: RawRequest, found: Exclude<PathMatch<Route>, { kind: 'found' }>): Reply {
  const isTwilio = request.path.startsWith('/2010-04-01');
  if (found.kind === 'wrong-method') {
    if (isTwilio) return twilioRefusals.methodNotAllowed;
    return plainRefusal(405, 'Method Not Allowed', { allow: found.allowed.join(', ') });
  }
  return isTwilio ? twilioRefusals.notFound(request.path) : plainRefusal(404, 'Not Found');
}

function happensBefore(fault: Fault): boolean {
  return (fault.kind === 'status' || fault.kind === 'reply-lost') && fault.when === 'before';
}
