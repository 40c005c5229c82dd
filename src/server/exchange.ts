import type * as z from 'zod';
import type { RouteName } from '../api/routes.ts';
import type { Caller } from './caller.ts';
import type { ServedRoutes } from './served-routes.ts';

type Parsed<R, Part extends string> =
  R extends Record<Part, infer S extends z.ZodType> ? z.output<S> : undefined;

/** A request that was let in and parsed. */
export interface Exchange<R> {
  readonly params: Parsed<R, 'params'>;
  readonly query: Parsed<R, 'query'>;
  readonly headers: Parsed<R, 'headers'>;
  /** Of a route with a limit of its own it is not parsed: `bytes` has it. */
  readonly body: R extends { readonly mostBodyBytes: number } ? undefined : Parsed<R, 'body'>;
  readonly bytes: Uint8Array;
  readonly caller: Caller;
  readonly request: Request;
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal;
}

/** A reply as JSON, without a body where there is none, or as it stands. */
export type Answer =
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  | Response;

export type Handler<Name extends RouteName> = (exchange: Exchange<ServedRoutes[Name]>) => Promise<Answer>;

export type Handlers = { readonly [Name in RouteName]: Handler<Name> };
