import { twilioAccount as account } from '../../wire/twilio/account.ts';
import type { Check, CheckResult } from './check.ts';
import { readBody } from './read-answer.ts';
import { unreadable } from './trouble.ts';
import { accountRead, seenAtTwilio } from './twilio-reads.ts';

export const twilioAccount: Check = {
  name: 'twilio-account',
  title: 'The Twilio account is active and may call anybody',
  needs: ['twilio-credentials'],
  async run(context): Promise<CheckResult> {
    const request = accountRead(context);
    const answer = await context.ask(request);
    const body = readBody(answer, account);
    if (body.kind === 'unreadable') return unreadable(request, answer, 'the Twilio account', body.why);
    const { status, type } = body.value;
    const evidence = [
      seenAtTwilio(request, answer),
      { authority: 'live', text: `status ${status}, type ${type ?? 'not told'}` } as const,
    ];
    const facts = { status, type };
    if (status !== 'active') {
      return {
        status: 'failed',
        summary: `the account is ${status}`,
        evidence,
        follows: 'Calls over its lines are refused, whatever ElevenLabs says.',
        fix: 'Open console.twilio.com: it says why (balance, compliance, abuse) and what to do.',
        facts,
      };
    }
    if (type === 'Trial') {
      return {
        status: 'warning',
        summary: 'active, on trial: it may only call numbers that you have verified',
        evidence,
        fix: 'Verify the number to call (console.twilio.com, Verified caller IDs), or upgrade the account.',
        facts,
      };
    }
    return { status: 'ok', summary: `active${type ? `, ${type}` : ''}`, evidence, facts };
  },
};
