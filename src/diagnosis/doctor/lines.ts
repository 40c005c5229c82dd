import { maskNumber } from '../../kernel/mask.ts';
import { listPhoneNumbers, type PhoneNumber } from '../../wire/elevenlabs/phone-number.ts';
import { telephonyProviders } from '../../wire/elevenlabs/phone-number-reply.ts';
import { linesRead } from './account-reads.ts';
import type { Check, CheckResult, DoctorSettings, Statement } from './check.ts';
import { meaningOf, readBody, seen } from './read-answer.ts';
import { trouble, unreadable } from './trouble.ts';

export const lines: Check = {
  name: 'lines',
  title: 'There is a line that may dial out',
  needs: ['key'],
  async run({ ask, settings }) {
    const answer = await ask(linesRead);
    if (meaningOf(answer).kind !== 'fine') return trouble(linesRead, answer, 'the lines');
    const body = readBody(answer, listPhoneNumbers.reply);
    if (body.kind === 'unreadable') return unreadable(linesRead, answer, 'the lines', body.why);
    const found = body.value;
    const evidence = [seen(linesRead, answer), ...found.map((line) => live(describe(line)))];
    const facts = {
      lines: found.map((line) => ({
        id: line.phone_number_id,
        number: maskNumber(line.phone_number),
        provider: line.provider,
        assignedAgent: line.assigned_agent?.agent_id,
        mayDial: why(line) === undefined,
      })),
    };
    return { ...judge(found, settings, evidence), facts };
  },
};

function judge(
  found: readonly PhoneNumber[],
  { elevenlabs }: DoctorSettings,
  evidence: readonly Statement[],
): CheckResult {
  const fit = found.filter((line) => why(line) === undefined);
  const ids = fit.map(({ phone_number_id }) => phone_number_id).join(', ');
  if (found.length === 0) {
    return {
      status: 'failed',
      summary: 'the account has no line',
      evidence,
      fix: 'Import a number: donna lines import.',
    };
  }
  if (fit.length === 0) {
    return {
      status: 'failed',
      summary: 'none of the lines may dial out',
      evidence,
      fix: 'Give one an outbound side (elevenlabs.io, Phone numbers), or import another: donna lines import.',
    };
  }
  const wanted = elevenlabs.lineId;
  if (wanted !== undefined) return judgeConfigured(wanted, found, ids, evidence);
  if (fit.length > 1) {
    return {
      status: 'warning',
      summary: 'no line is configured, and several may dial out',
      evidence,
      fix: `Set ELEVENLABS_PHONE_NUMBER_ID to one of ${ids}, or name it in each call with --from.`,
    };
  }
  return { status: 'ok', summary: `${ids} may dial out`, evidence, follows: 'The line is not the cause.' };
}

function judgeConfigured(
  wanted: string,
  found: readonly PhoneNumber[],
  ids: string,
  before: readonly Statement[],
): CheckResult {
  const shown = wanted.startsWith('+') ? maskNumber(wanted) : wanted;
  const evidence: Statement[] = [
    { authority: 'setting', text: `ELEVENLABS_PHONE_NUMBER_ID ${shown}` },
    ...before,
  ];
  const line = found.find(
    ({ phone_number_id: id, phone_number: number }) =>
      id === wanted || number === wanted.replace(/[^\d+]/g, ''),
  );
  if (!line) {
    return {
      status: 'failed',
      summary: `the account has no line ${shown}`,
      evidence,
      follows: 'Each call from it gets a 404.',
      fix: `Set ELEVENLABS_PHONE_NUMBER_ID to one of ${ids}. It is ElevenLabs’ id of the line (phnum_…), not one of Twilio.`,
    };
  }
  const reason = why(line);
  if (reason) {
    return {
      status: 'failed',
      summary: `the line ${shown} ${reason}`,
      evidence,
      fix: `Use one of ${ids}.`,
    };
  }
  return {
    status: 'ok',
    summary: `${line.phone_number_id} (${line.provider}) may dial out`,
    evidence,
    follows: 'The line is not the cause.',
  };
}

/** Why a line may not dial; `undefined` when it may. */
function why(line: PhoneNumber): string | undefined {
  if (!telephonyProviders.some((known) => known === line.provider)) {
    return `belongs to ${line.provider ?? 'no named provider'}, for which no way to place calls is known`;
  }
  if (line.supports_outbound === false) return 'may not place calls (supports_outbound is false)';
  // Older lines tell their trunk in `provider_config`.
  const trunk = line.outbound_trunk ?? line.provider_config;
  if (line.provider === 'sip_trunk' && !trunk?.address && trunk?.has_outbound_trunk !== true) {
    return 'has no outbound trunk';
  }
  return undefined;
}

function describe(line: PhoneNumber): string {
  const assigned = line.assigned_agent;
  const inbound = assigned
    ? `answers with ${assigned.agent_name ?? assigned.agent_id}`
    : 'no agent for inbound calls';
  const reason = why(line);
  return `${line.phone_number_id} ${maskNumber(line.phone_number)} “${line.label ?? ''}”, ${line.provider ?? 'no provider'}, ${inbound}${reason ? `; ${reason}` : ''}`;
}

function live(text: string): Statement {
  return { authority: 'live', text };
}
