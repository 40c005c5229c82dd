import { lastFour } from '../../kernel/mask.ts';
import type { Answer, Check, CheckResult, Statement } from './check.ts';
import { travelsInTheOpen } from './travels-in-the-open.ts';
import { accountRead, seenAtTwilio } from './twilio-reads.ts';

export const twilioCredentials: Check = {
  name: 'twilio-credentials',
  title: 'Twilio accepts the credentials',
  needs: [],
  async run(context) {
    const { twilio } = context.settings;
    if (!twilio) {
      return {
        status: 'skipped',
        summary: 'skipped because no Twilio variables are set',
        evidence: [],
        follows: 'Calls work without them; ringing and answered cannot be seen live, nor can Donna hang up.',
      };
    }
    const { accountSid = '', authToken = '' } = twilio;
    const evidence: Statement[] = [
      {
        authority: 'setting',
        text: `account ${lastFour(accountSid)}, token ${authToken === '' ? 'not set' : lastFour(authToken)}`,
      },
    ];
    const slip = slipIn(accountSid, authToken);
    if (slip) return { status: 'failed', summary: slip.is, evidence, fix: slip.fix };
    if (travelsInTheOpen(twilio.baseUrl)) {
      return {
        status: 'failed',
        summary: 'the token would travel unencrypted, so it was not sent',
        evidence,
        fix: 'Use https:// in TWILIO_BASE_URL.',
      };
    }
    const request = accountRead(context);
    const answer = await context.ask(request);
    return judge(answer, [...evidence, seenAtTwilio(request, answer)]);
  },
};

function judge(answer: Answer, evidence: readonly Statement[]): CheckResult {
  if (answer.kind === 'unreachable') {
    return {
      status: 'failed',
      summary: `no answer from Twilio (${answer.why})`,
      evidence,
      fix: 'Check the network and TWILIO_BASE_URL.',
    };
  }
  if (answer.status === 200) return { status: 'ok', summary: 'accepted', evidence };
  if (answer.status === 401 || answer.status === 403 || answer.status === 404) {
    return {
      status: 'failed',
      summary: 'Twilio refuses the credentials',
      evidence,
      fix: 'Copy TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN from console.twilio.com; both must be of the same account, live and not test ones.',
    };
  }
  return {
    status: answer.status === 429 || answer.status >= 500 ? 'warning' : 'failed',
    summary: `Twilio answers ${answer.status}`,
    evidence,
    fix: 'Diagnose again in a minute; see status.twilio.com and TWILIO_BASE_URL.',
  };
}

function slipIn(sid: string, token: string): { is: string; fix: string } | undefined {
  if (sid === '')
    return {
      is: 'TWILIO_ACCOUNT_SID is not set',
      fix: 'Set it (console.twilio.com), or remove TWILIO_AUTH_TOKEN.',
    };
  if (token === '')
    return {
      is: 'TWILIO_AUTH_TOKEN is not set',
      fix: 'Set it (console.twilio.com), or remove TWILIO_ACCOUNT_SID.',
    };
  if (/^SK/.test(sid)) {
    return {
      is: 'TWILIO_ACCOUNT_SID is the SID of an API key',
      fix: 'Use the SID of the account (AC…) with its auth token.',
    };
  }
  if (!/^AC[0-9a-f]{32}$/i.test(sid)) {
    return {
      is: 'TWILIO_ACCOUNT_SID is not the SID of an account',
      fix: 'It is AC and 32 hexadecimal digits: copy it again.',
    };
  }
  return undefined;
}
