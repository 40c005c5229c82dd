import { plainNumber } from '../../line.ts';
import { type Entry, mayHaveRung } from '../entry.ts';
import { grouped } from '../grouped.ts';
import type { Anomaly, LedgerFacts } from './anomaly.ts';

/** Within this time a second call for the same purpose repeats the first; the default retries come after 30 minutes. */
const SHORT_MS = 10 * 60_000;
const retriedOutcomes: readonly string[] = ['no-answer', 'busy', 'declined', 'voicemail'];

/**
 * The second dial of one intent, which must never happen: one attempt id on two calls, or two calls between the same numbers by
 * the same agent with the same variables within ten minutes. Each dial beyond the first is one finding.
 */
export function duplicateDials({ entries }: LedgerFacts): Anomaly[] {
  const found = new Map<Entry, Anomaly>();
  const placed = entries.filter((entry) => entry.conversation ?? entry.carrierCall);

  const byAttempt = grouped(
    placed.filter((entry) => entry.attempt ?? entry.conversation?.attempt),
    (entry) => entry.attempt?.attempt ?? entry.conversation?.attempt ?? '',
  );
  for (const [attempt, [first, ...others]] of byAttempt) {
    for (const entry of others) {
      const evidence = `Carries the attempt ${attempt}, as ${nameOf(first)} does.`;
      found.set(entry, { kind: 'duplicate-dial', entry, evidence });
    }
  }

  const ringing = placed.filter((entry) => entry.conversation && mayHaveRung(entry) && !found.has(entry));
  for (const calls of grouped(ringing, intentOf).values()) {
    calls.forEach((entry, index) => {
      const earlier = calls[index - 1];
      if (!earlier || entry.atMs - earlier.atMs > SHORT_MS || isMeant(entry, earlier)) return;
      const seconds = Math.round((entry.atMs - earlier.atMs) / 1000);
      const evidence = `The same agent and variables, ${seconds} s after ${nameOf(earlier)} (${earlier.conversation?.outcome}).`;
      found.set(entry, { kind: 'duplicate-dial', entry, evidence });
    });
  }
  return [...found.values()];
}

/** A person said that it may go out again, or it is our own retry of a call that reached nobody. */
function isMeant({ attempt }: Entry, earlier: Entry): boolean {
  if (!attempt) return false;
  return attempt.dialing.again || retriedOutcomes.includes(earlier.conversation?.outcome ?? '');
}

function intentOf({ from, to, conversation }: Entry): string {
  return `${plainNumber({ number: from })} ${plainNumber({ number: to })} ${conversation?.purpose}`;
}

function nameOf(entry: Entry | undefined): string {
  return entry?.conversation?.id ?? entry?.carrierCall?.sid ?? 'another call';
}
