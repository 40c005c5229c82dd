import type { ApiOperation } from './api-document.ts';

/** The path with the base path of the operation's first server, as it goes over the wire. */
export function fullPath(operation: ApiOperation): string {
  return `${operation.servers[0]?.basePath ?? ''}${operation.path}`;
}

/** `POST /v1/calls`. */
export function operationName(operation: ApiOperation): string {
  return `${operation.method} ${fullPath(operation)}`;
}
