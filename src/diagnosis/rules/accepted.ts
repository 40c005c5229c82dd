import type { ReceivedReply } from '../exchange/exchange.ts';

/** The provider took the request: a 2xx whose body does not itself speak of failure. */
export function accepted(reply: ReceivedReply | undefined): boolean {
  const status = reply?.status;
  return status !== undefined && status >= 200 && status < 300 && !saysItFailed(reply?.body);
}

/** Some providers refuse with a 200: `success` or `ok` is false, or `status` says so. */
export function saysItFailed(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
  const { success, ok, status } = body as Readonly<Record<string, unknown>>;
  return success === false || ok === false || status === 'error' || status === 'failed';
}
