import type * as z from 'zod';
import type { Operation } from '../../wire/operation.ts';
import type { Fault } from '../faults.ts';
import type { Reply } from '../http/refusals.ts';
import type { World } from '../world.ts';

export interface RouteRequest<Query = unknown, Body = unknown> {
  /** The values of the places in the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  /** A fault of the carrier, which only a dial can meet. */
  readonly fault: Fault | undefined;
}

/** One operation of the wire and what the sandbox does for it. */
export interface Route {
  readonly operation: Operation;
  readonly answer: (world: World, request: RouteRequest) => Reply | Promise<Reply>;
}

/** Joins an operation with its handler, which gets query and body in the types of the operation's schemas. */
export function route<Query extends z.ZodType, Body extends z.ZodType, Result extends z.ZodType>(
  operation: Operation<Query, Body, Result>,
  answer: (world: World, request: RouteRequest<z.output<Query>, z.output<Body>>) => Reply | Promise<Reply>,
): Route {
  return { operation, answer: answer as Route['answer'] };
}
