import { printable } from '../../kernel/printable.ts';
import type { ReplayReply } from './send-request.ts';
import type { StandIn } from './stand-ins.ts';

export interface ReplayFacts {
  readonly before: ReplayReply;
  /** Fields that the sandbox dropped in silence, as the provider does. */
  readonly droppedBefore: readonly string[];
  readonly after: ReplayReply;
  readonly droppedAfter: readonly string[];
  readonly standIns: readonly StandIn[];
}

/** What a replay showed besides the two statuses, in a sentence; empty where there is nothing to say. */
export function replayWords({ before, droppedBefore, after, droppedAfter, standIns }: ReplayFacts): string {
  const kinds = [...new Set(standIns.map(({ what }) => what))];
  const words = [
    // A body that says whether it worked is told, for a 200 of this provider may be a refusal.
    replyWords('the corrected request', after, droppedAfter),
    replyWords('the request as it was sent', before.status < 300 ? before : undefined, droppedBefore),
    kinds.length === 0 ? '' : `the sandbox’s own ${kinds.join(', ')} stood in for yours`,
  ]
    .filter((part) => part !== '')
    .join('; ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function replyWords(whose: string, reply: ReplayReply | undefined, dropped: readonly string[]): string {
  const { success, message } = (isObject(reply?.body) ? reply.body : {}) as Record<string, unknown>;
  const parts = [
    success === true ? 'got success: true' : '',
    success === false ? `got success: false (${printable(String(message), 120)})` : '',
    dropped.length === 0
      ? ''
      : `had ${dropped
          .slice(0, 5)
          .map((name) => printable(name, 60))
          .join(', ')} dropped in silence`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `${whose} ${parts.join(' and ')}`;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
