import type { Call } from '../../api/call.ts';
import type { CallReport, Outcome } from '../../calls/index.ts';
import { outcomeExitCode } from '../follow-to-end.ts';
import { clockTime, outcomeLines, reportLines } from './call-report.ts';
import { dashboardLink } from './dashboard.ts';
import type { Styles } from './styles.ts';

/** Calls of the service, for a person and for a program. */

/** How a call ended, in the words of the calls here; `undefined` while it has no outcome. */
export function outcomeOfCall({ outcome }: Pick<Call, 'outcome'>): Outcome | undefined {
  if (!outcome) return undefined;
  const { kind, retryable, connected, human, sentence, fix, evidence, contradicts } = outcome;
  const owner = outcome.owner as Outcome['owner'];
  return {
    ...{ kind, owner, retryable, connected, human, sentence, evidence },
    fix: fix ?? undefined,
    contradicts: contradicts ?? undefined,
  };
}

/** Exit codes as `donna call` has them on its own; ARCHITECTURE.md has the table. 0 while nothing is wrong with it. */
export function callExitCode(call: Call): number {
  if (call.status === 'needs-person' || call.status === 'unknown') return 6;
  const outcome = outcomeOfCall(call);
  if (!outcome) return 0;
  if (outcome.kind === 'failed' && !outcome.connected) {
    if (call.attempts.every(({ committedAt }) => committedAt === null)) return 3;
    if (!call.attempts.some(({ conversationId, callSid }) => conversationId ?? callSid)) return 4;
  }
  return outcomeExitCode(outcome);
}

/** A call that is over: with what was said, where that could be read here, else how it ended, how long it took and what it cost. */
export function endLines(call: Call, report: CallReport | undefined, style: Styles): string[] {
  const outcome = outcomeOfCall(call);
  if (!outcome) return [];
  if (report) return reportLines({ ...report, outcome }, style);
  const seconds = sum(call.attempts.map((attempt) => attempt.seconds));
  const cents = sum(call.attempts.map((attempt) => attempt.cents));
  return [
    '',
    ...outcomeLines({ outcome }, style),
    ...(seconds === undefined ? [] : [`Duration: ${clockTime(seconds)}`]),
    ...(cents === undefined ? [] : [`Cost: $${(cents / 100).toFixed(2)}`]),
  ];
}

/** What `--json` says of a call of the service, beside its status: the names are those of a call without a server. */
export function callFacts(call: Call, report: CallReport | undefined): Record<string, unknown> {
  const { conversationId, callSid, sipCallId, line } = call;
  const outcome = outcomeOfCall(call);
  return {
    call: call.id,
    attempt: call.attemptId,
    agentId: call.agentId,
    lineId: line.id,
    from: line.number,
    provider: line.provider,
    ...(conversationId ? { conversationId, dashboard: dashboardLink(conversationId) } : {}),
    ...(callSid ? { callSid } : {}),
    ...(sipCallId ? { sipCallId } : {}),
    ...(outcome
      ? {
          report: report
            ? { ...report, outcome }
            : { conversationId, outcome, durationSecs: sum(call.attempts.map(({ seconds }) => seconds)) },
        }
      : {}),
  };
}

function sum(amounts: readonly (number | null)[]): number | undefined {
  const known = amounts.filter((amount) => amount !== null);
  return known.length > 0 ? known.reduce((total, amount) => total + amount, 0) : undefined;
}
