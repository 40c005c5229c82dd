import type { SentRequest } from '../exchange/exchange.ts';

/** The value of a header, by its name in any case. */
export function headerOf(request: SentRequest, name: string): string | undefined {
  const lower = name.toLowerCase();
  return request.headers?.find(([one]) => one.toLowerCase() === lower)?.[1];
}
