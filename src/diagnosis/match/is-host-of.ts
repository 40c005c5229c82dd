import type { SentRequest } from '../exchange/exchange.ts';
import type { ApiServer } from '../spec/api-document.ts';

/** Whether the request went to this server; where one of the two has no host nothing speaks against it. */
export function isHostOf(request: SentRequest, server: ApiServer): boolean {
  return request.host === '' || server.serves(request.host);
}
