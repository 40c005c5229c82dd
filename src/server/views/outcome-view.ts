import type { Call } from '../../api/call.ts';
import type { Outcome } from '../../calls/index.ts';

/** How an attempt or a call ended, as replies state it. */
export function outcomeView(outcome: Outcome | undefined): Call['outcome'] {
  if (!outcome) return null;
  const { fix, contradicts, evidence, ...facts } = outcome;
  return { ...facts, evidence: [...evidence], fix: fix ?? null, contradicts: contradicts ?? null };
}
