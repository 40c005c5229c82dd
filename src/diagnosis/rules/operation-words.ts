import type { Match } from '../match/match.ts';
import { oneLine } from '../spec/one-line.ts';

/** How people are told of an operation: `POST /v1/orders (Place an order)`. */
export function operationWords(match: Match): string {
  const { operation, route } = match;
  const summary = oneLine(operation.summary, 80);
  return `\`${operation.method} ${route.template}\`${summary === undefined ? '' : ` (${summary})`}`;
}
