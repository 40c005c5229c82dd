import type * as z from 'zod';
import type { RoleName } from './fields.ts';
import type { ProblemCode } from './problem-codes.ts';

/** Who may use a route: a role and those above it, anybody, or anybody on the server's own machine and otherwise a viewer. */
export type Access = RoleName | 'anybody' | 'viewer-or-loopback';

export interface RouteReply {
  readonly description: string;
  /** JSON, unless `mediaType` says otherwise. */
  readonly schema?: z.ZodType;
  readonly mediaType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One operation of the API, as data: the server serves it, the client calls it, the document describes it. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** As OpenAPI writes it: `/v1/calls/{id}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly access: Access;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  readonly body?: z.ZodObject;
  /** Where the body may be larger than others are. It is then read and checked by the handler, and not on the loop that serves others. */
  readonly mostBodyBytes?: number;
  /** The replies that are not problems, by status. */
  readonly replies: Readonly<Record<number, RouteReply>>;
  /** Problems of this route besides those that every route has. */
  readonly problems?: readonly ProblemCode[];
}

/** Keeps the exact types of a route's schemas, so that handlers are typed by them. */
export function route<const R extends Route>(declared: R): R {
  return declared;
}
