import { readErrorBody } from './read-error-body.ts';
import type { Rule, RuleContext } from './rule.ts';
import { told } from './told.ts';

/** 429: the request is one too many, and nothing is wrong with it. */
export const rateLimited: Rule = {
  name: 'rate-limited',
  title: 'Too many requests, at once or in a while',
  *find(context) {
    if (context.reply?.status !== 429) return;
    const { code, message } = readErrorBody(context.reply.body);
    const said = [code, message].filter((one) => one !== undefined).join(': ');
    const kind = kindOf(said);
    const wait = waitOf(context);
    yield told(
      'rate-limited',
      { match: undefined },
      {
        severity: 'note',
        where: { part: 'reply' },
        message: `${sentences[kind]}${wait === undefined ? '' : ` The provider says to wait ${wait}.`}`,
        evidence: [
          said === '' ? { source: 'reply', text: 'The status is 429.' } : { source: 'reply', text: said },
          wait === undefined ? undefined : { source: 'reply', text: `Retry-After: ${wait}` },
        ],
        fix: fixes[kind],
        sure: kind === 'rate' ? 0.85 : 0.9,
      },
    );
  },
};

type Kind = 'concurrency' | 'quota' | 'rate';

const sentences: Readonly<Record<Kind, string>> = {
  concurrency: 'Too many requests are running at the same time; this one was not begun.',
  quota: 'The quota of the account is used up; the request itself is right.',
  rate: 'Too many requests in a short time; the request itself is right.',
};

const fixes: Readonly<Record<Kind, string>> = {
  concurrency: 'Wait until one of those that run has ended, and run fewer at once.',
  quota: 'Wait for the next period, or raise the quota.',
  rate: 'Send the request again later, and wait longer after each refusal.',
};

function kindOf(said: string): Kind {
  if (/concurren|simultaneous|parallel|in flight|at the same time|at once/i.test(said)) return 'concurrency';
  return /quota|credit|monthly|daily|balance|billing|plan limit|usage limit/i.test(said) ? 'quota' : 'rate';
}

/** `Retry-After` in seconds or as a date (RFC 9110, 10.2.3). */
function waitOf({ reply }: RuleContext): string | undefined {
  const value = reply?.headers?.find(([name]) => name.toLowerCase() === 'retry-after')?.[1]?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d{1,7}$/.test(value)) return `${value} s`;
  return value.length <= 40 && !Number.isNaN(Date.parse(value)) ? `until ${value}` : undefined;
}
