import type { ReceivedReply } from '../exchange/exchange.ts';
import type { Severity } from '../explanation.ts';
import { accepted } from './accepted.ts';

/** What a departure from the document weighs: a request that was accepted did not fail by it, but stands on nothing written. */
export function gravity(reply: ReceivedReply | undefined): Severity {
  return accepted(reply) ? 'warning' : 'error';
}
