import { readTwilioError } from '../../wire/twilio/error.ts';
import type { Answer, CheckContext, Statement } from './check.ts';
import type { ProbeRequest } from './probe.ts';

type Read = Extract<ProbeRequest, { method: 'GET' }>;

export function accountRead({ settings }: CheckContext): Read {
  return { method: 'GET', provider: 'twilio', path: `/2010-04-01/Accounts/${sid(settings)}.json` };
}

export function numbersRead({ settings }: CheckContext): Read {
  const path = `/2010-04-01/Accounts/${sid(settings)}/IncomingPhoneNumbers.json?PageSize=1000`;
  return { method: 'GET', provider: 'twilio', path };
}

/** What was asked of Twilio and what came back, with its five-digit code. */
export function seenAtTwilio(request: Read, answer: Answer): Statement {
  const asked = `Twilio ${request.method} ${request.path}`;
  if (answer.kind === 'unreachable') {
    return { authority: 'live', text: `${asked}: no answer (${answer.why}): ${answer.message}` };
  }
  const error = answer.status >= 400 ? readTwilioError(answer.body) : undefined;
  const words = error ? ` ${error.code ?? ''} “${error.message}”` : '';
  return { authority: 'live', text: `${asked}: ${answer.status}${words} (${Math.round(answer.tookMs)} ms)` };
}

function sid(settings: CheckContext['settings']): string {
  return encodeURIComponent(settings.twilio?.accountSid ?? '');
}
