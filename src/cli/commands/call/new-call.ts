import type { NewCallInput } from '../../../api/new-call.ts';
import { type Bypassable, type CallRequest, retriedOutcomes } from '../../../calls/index.ts';
import { AppError } from '../../../kernel/errors.ts';
import { printable } from '../../../kernel/printable.ts';
import { readChoice } from '../../read-choice.ts';

const bypassable = ['window', 'suppression', 'budget'] as const satisfies readonly Bypassable[];
const LONGEST_REASON = 500;

/** Reads `--bypass rule=reason`. Throws `bad-input` for a rule that nothing lifts, and for one without a reason. */
export function readBypass(texts: readonly string[]): Partial<Record<Bypassable, string>> {
  const bypass: Partial<Record<Bypassable, string>> = {};
  for (const text of texts) {
    const [rule = '', ...rest] = text.split('=');
    const reason = rest.join('=').trim();
    if (reason === '' || reason.length > LONGEST_REASON) {
      throw new AppError('bad-input', `--bypass: "${printable(text, 60)}" is not rule=reason.`, {
        hint: `Say why, in at most ${LONGEST_REASON} characters: --bypass window="The customer asked for a call in the evening."`,
      });
    }
    bypass[readChoice('--bypass', rule, bypassable)] = reason;
  }
  return bypass;
}

/**
 * A call as the server is asked for it. Whoever waits at a terminal wants one dial and its end, so that no attempt follows unless they say so.
 */
export function newCallOf(
  request: Pick<CallRequest, 'to' | 'agentId' | 'from' | 'clientData' | 'telephony' | 'record'>,
  options: { readonly bypass: Partial<Record<Bypassable, string>>; readonly retry: boolean },
): NewCallInput {
  const { to, agentId, from, clientData, telephony, record } = request;
  return {
    to: to.number,
    ...(agentId === undefined ? {} : { agent: agentId }),
    ...(from === undefined ? {} : { line: 'lineId' in from ? from.lineId : from.number }),
    ...(Object.keys(clientData).length > 0 ? { clientData } : {}),
    ...(telephony?.ringing_timeout_secs == null ? {} : { ringTimeoutSecs: telephony.ringing_timeout_secs }),
    ...(telephony?.twilio_machine_detection ? { machineDetection: true } : {}),
    ...(record ? { record } : {}),
    ...(Object.keys(options.bypass).length > 0 ? { bypass: options.bypass } : {}),
    ...(options.retry
      ? {}
      : { retry: Object.fromEntries(retriedOutcomes.map((outcome) => [outcome, { maxAttempts: 1 }])) }),
    personWaiting: true,
  };
}
