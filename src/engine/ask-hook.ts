import type { StoredCall } from '../calls/index.ts';
import type { EngineDeps } from './ports.ts';

/** The hook's yes holds for the claim that follows it at once, and no longer. */
const CLEARED_MS = 10_000;
const NO_ANSWER_MS = 60_000;

/** Asks the operator's hook about a dial that everything else allows. Without an answer nothing is dialled. */
export async function askHook(deps: EngineDeps, call: StoredCall, nudge: () => void): Promise<void> {
  const answer = deps.askHook
    ? await deps.askHook(call)
    : ({ kind: 'no-answer', why: 'no hook is set up on this node' } as const);
  const nowMs = deps.clock.now();
  switch (answer.kind) {
    case 'allowed':
      await deps.store.clear(call.ticket, { nowMs, untilMs: nowMs + CLEARED_MS });
      return nudge();
    case 'refused':
      await deps.applyEvent(call.ticket.attemptId, {
        kind: 'gate-refused',
        rule: 'hook',
        sentence: `The hook refused the call${answer.why ? `: ${answer.why.replace(/[.\s]+$/, '')}` : ''}.`,
        fix: 'Ask whoever runs the hook (DONNA_GATE_HOOK).',
      });
      return deps.notices.changed(call.life.callId);
    case 'no-answer':
      await deps.applyEvent(call.ticket.attemptId, {
        kind: 'gate-waits',
        rule: 'hook',
        untilMs: nowMs + NO_ANSWER_MS,
        sentence: `The hook did not answer: ${answer.why.replace(/[.\s]+$/, '')}.`,
      });
      return deps.notices.changed(call.life.callId);
  }
}
