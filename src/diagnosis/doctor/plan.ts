import { planConcurrency } from '../../wire/elevenlabs/plan-concurrency.ts';
import { type Subscription, user } from '../../wire/elevenlabs/user.ts';
import { userRead } from './account-reads.ts';
import type { Check, CheckResult, Statement } from './check.ts';
import { meaningOf, readBody, seen } from './read-answer.ts';
import { trouble, unreadable } from './trouble.ts';

const concurrency: Readonly<Record<string, number>> = planConcurrency;

const NEARLY = 0.9;

export const plan: Check = {
  name: 'plan',
  title: 'The plan is paid and has credits left',
  needs: ['key'],
  async run({ ask }) {
    const answer = await ask(userRead);
    const meaning = meaningOf(answer);
    if (meaning.kind === 'missing-right') {
      return {
        status: 'skipped',
        summary: `skipped because the key has no right ${meaning.right}`,
        evidence: [seen(userRead, answer)],
      };
    }
    if (meaning.kind !== 'fine') return trouble(userRead, answer, 'the plan');
    const body = readBody(answer, user);
    if (body.kind === 'unreadable') return unreadable(userRead, answer, 'the plan', body.why);
    return judge(body.value.subscription, seen(userRead, answer));
  },
};

function judge(subscription: Subscription, source: Statement): CheckResult {
  const { tier, status, character_count: used, character_limit: limit } = subscription;
  const most = concurrency[tier];
  const evidence: Statement[] = [
    source,
    {
      authority: 'live',
      text: `tier ${tier}, status ${status ?? 'not told'}, ${used} of ${limit} characters used`,
    },
    ...(most === undefined
      ? []
      : [{ authority: 'documentation', text: `${most} calls at once on this plan (August 2025)` } as const]),
  ];
  const facts = { tier, status, charactersUsed: used, characterLimit: limit, concurrency: most };
  const summary = `${tier}, ${used} of ${limit} characters used`;
  const result = (verdict: Pick<CheckResult, 'status' | 'summary' | 'fix'>): CheckResult => ({
    ...verdict,
    evidence,
    facts,
  });
  if (status === 'free_disabled') {
    return result({
      status: 'failed',
      summary: 'the provider has disabled this free account',
      fix: 'Choose a plan, or write to the support of ElevenLabs.',
    });
  }
  if (status === 'past_due' || status === 'incomplete') {
    return result({
      status: 'warning',
      summary: `a payment is open (${status}); ${summary}`,
      fix: 'Pay the open invoice (elevenlabs.io, Subscription), or calls will end for want of credits.',
    });
  }
  const extension = subscription.max_credit_limit_extension;
  const billedByUse = extension === 'unlimited' || (typeof extension === 'number' && extension > 0);
  if (used >= limit) {
    return result({
      status: billedByUse ? 'warning' : 'failed',
      summary: billedByUse ? `${summary}; more is billed by use` : `the credits are used up: ${summary}`,
      fix: 'Choose a larger plan or switch usage-based billing on (elevenlabs.io, Subscription).',
    });
  }
  if (used >= limit * NEARLY) {
    return result({ status: 'warning', summary, fix: 'Watch the rest: a call ends when the credits do.' });
  }
  return { ...result({ status: 'ok', summary }), follows: 'Plan and credits are not the cause.' };
}
