import type { ApiDocument, ApiOperation } from '../spec/api-document.ts';

/** Whether a host is one of an operation's servers, else of the document's. */
export function servesHost(
  document: ApiDocument,
  operation: ApiOperation | undefined,
  host: string,
): boolean {
  return (operation?.servers ?? document.servers).some((server) => server.serves(host));
}
