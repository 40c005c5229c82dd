import type * as z from 'zod';
import type { RouteName, Routes } from '../api/routes.ts';

/** The types of an operation, from the contract itself: nothing of it is loaded when the client runs. */

export type Method = Routes[RouteName]['method'];

type Declared = { readonly [Name in RouteName]: Routes[Name] }[RouteName];

export type PathOf<M extends Method> = Extract<Declared, { readonly method: M }>['path'];

type Operation<M extends Method, P extends string> = Extract<
  Declared,
  { readonly method: M; readonly path: P }
>;

type Part<O, Name extends string> = O extends { readonly [N in Name]: infer S extends z.ZodType }
  ? z.input<S>
  : undefined;

/** What a request of the operation brings besides its path. */
export interface Input<M extends Method, P extends string> {
  readonly params?: Part<Operation<M, P>, 'params'>;
  readonly query?: Part<Operation<M, P>, 'query'> | undefined;
  readonly body?: Part<Operation<M, P>, 'body'>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** The JSON of a reply that is no problem. */
export type Reply<M extends Method, P extends string> =
  Operation<M, P> extends {
    readonly replies: { readonly [Status: number]: { readonly schema: infer S extends z.ZodType } };
  }
    ? z.output<S>
    : undefined;
