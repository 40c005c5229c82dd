import type { AttemptRecord } from '../../../calls/index.ts';
import { printable } from '../../../kernel/printable.ts';
import { showCommand } from '../../render/show-command.ts';
import type { Styles } from '../../render/styles.ts';
import type { FoundCall } from './find-call.ts';

/** An attempt of the journal, for a program. */
export function attemptFacts({ attempt, dialing, state, ids, note }: AttemptRecord) {
  const { at, to, lineId, lineNumber, agentId } = dialing;
  return { attempt, state, at, to, from: lineNumber, lineId, agentId, ...ids, note };
}

/** What is to be said of an attempt that has no conversation. */
export function attemptLines(
  found: Extract<FoundCall, { kind: 'not-placed' | 'unknown' }>,
  style: Styles,
  world: { sandbox: boolean },
): string[] {
  const { attempt, dialing, note, state } = found.record;
  const head = `${attempt}: ${printable(dialing.lineNumber)} → ${printable(dialing.to)} at ${dialing.at}`;
  if (found.kind === 'not-placed') {
    const what =
      state === 'withdrawn'
        ? 'Nothing was sent: the attempt was put back'
        : 'The call was not placed: it was refused';
    return [head, `${style.bad('✗')} ${what}${note ? ` (${printable(note)})` : ''}.`];
  }
  const again = `${style.dim('→')} Ask again: ${showCommand(attempt, world)}`;
  switch (found.looked.kind) {
    case 'carrier-only':
      return [
        head,
        `${style.warn('?')} It is unknown whose call it was: Twilio has a call to that number from that line at that time (${printable(found.looked.callSid)}), and no conversation carries this attempt.`,
        `  Take it for placed: a phone rang. ${again}`,
      ];
    case 'could-not-look':
      return [
        head,
        `${style.warn('?')} It is unknown whether it was placed, and it could not be looked for: ${printable(found.looked.why)}`,
        `  ${again}`,
      ];
    default:
      return [
        head,
        `${style.warn('?')} It is unknown whether it was placed: neither ElevenLabs nor the carrier shows it now. That is no proof, since records may come late.`,
        `  ${again}`,
      ];
  }
}
