import type { Finding } from '../kernel/finding.ts';
import { parsePhoneNumber } from '../kernel/phone-number.ts';
import type { CallRequest } from './call-request.ts';
import { type GuardSettings, guardDial } from './guard.ts';
import { type Line, plainNumber } from './line.ts';
import { preflight } from './preflight.ts';
import { type Repetition, repetitionWords } from './repetition.ts';
import type { ResolvedCall } from './resolve-call.ts';

/** Nothing was dialled, and what speaks against it. */
export interface Refusal {
  readonly kind: 'refused';
  readonly code: 'guard' | 'gate' | 'preflight';
  readonly findings: readonly Finding[];
  readonly repetition?: Repetition;
}

/** Preflight's findings and the guard's word on a call whose agent and line are known. The guard is asked always. */
export function judgeCall(
  request: CallRequest,
  { line, agent }: ResolvedCall,
  settings: GuardSettings,
): { warnings: Finding[]; refusal?: Refusal } {
  const findings =
    request.preflight && agent
      ? preflight({
          to: request.to,
          line,
          agent,
          clientData: request.clientData,
          record: request.record,
          machineDetection: request.telephony?.twilio_machine_detection != null,
        })
      : [];
  const warnings = findings.filter((finding) => finding.severity === 'warning');
  const guarded = guardDial(request.to, { number: line.number, country: countryOf(line) }, settings);
  if (guarded) {
    const { rule, sentence, fix } = guarded;
    const finding: Finding = { rule, severity: 'error', where: request.to.number, evidence: sentence, fix };
    return { warnings, refusal: { kind: 'refused', code: 'guard', findings: [finding] } };
  }
  if (warnings.length === findings.length) return { warnings };
  return { warnings, refusal: { kind: 'refused', code: 'preflight', findings } };
}

export function refuseRepetition(repetition: Repetition): Refusal {
  const { earlier, why } = repetition;
  const id = earlier.ids.conversationId ?? earlier.attempt;
  const finding: Finding = {
    rule: 'repetition',
    severity: 'error',
    where: earlier.attempt,
    evidence: `The same call (line, number, agent and variables) ${repetitionWords[why]}.`,
    fix: `Look at ${id} first. If it is to ring again, add --again.`,
  };
  return { kind: 'refused', code: 'guard', findings: [finding], repetition };
}

function countryOf(line: Line): string | undefined {
  const parsed = parsePhoneNumber(plainNumber(line));
  return parsed.kind === 'number' ? parsed.facts.country : undefined;
}
