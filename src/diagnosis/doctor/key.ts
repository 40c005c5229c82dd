import { lastFour } from '../../kernel/mask.ts';
import { agentsRead, userRead } from './account-reads.ts';
import type { Check, CheckResult, Statement } from './check.ts';
import { meaningOf, seen } from './read-answer.ts';

/** What an answer says about the key: a valid one may still lack a right. */
const accepted = ['fine', 'missing-right', 'forbidden', 'no-such-resource', 'invalid'];

export const key: Check = {
  name: 'key',
  title: 'The API key is valid',
  needs: ['tls'],
  async run({ ask, settings }) {
    const apiKey = settings.elevenlabs.apiKey;
    if (apiKey === undefined || apiKey === '') {
      return {
        status: 'failed',
        summary: 'no key is set',
        evidence: [],
        fix: 'Set ELEVENLABS_API_KEY (elevenlabs.io, Developers, API keys), or run donna init.',
      };
    }
    const configured: Statement = { authority: 'setting', text: `key ${lastFour(apiKey)}` };
    const slip = slipIn(apiKey);
    if (slip)
      return { status: 'failed', summary: `the key ${slip.is}`, evidence: [configured], fix: slip.fix };

    // A key without user_read is refused on /v1/user and may still place calls, so that one is not asked alone.
    const answers = [userRead, agentsRead].map(async (request) => ({ request, answer: await ask(request) }));
    const all = await Promise.all(answers);
    const evidence = [configured, ...all.map(({ request, answer }) => seen(request, answer))];
    const meanings = all.map(({ answer }) => meaningOf(answer).kind);
    return judge(meanings, evidence);
  },
};

function judge(meanings: readonly string[], evidence: readonly Statement[]): CheckResult {
  if (meanings.some((meaning) => accepted.includes(meaning))) {
    const restricted = meanings.includes('missing-right');
    return {
      status: 'ok',
      summary: restricted ? 'valid, with restricted rights' : 'valid',
      evidence,
      follows: restricted
        ? 'The key is accepted; what it may do is in the check key-rights.'
        : 'The key works, so look elsewhere.',
    };
  }
  if (meanings.includes('no-key') || meanings.includes('bad-key')) {
    return {
      status: 'failed',
      summary: 'the provider does not know this key',
      evidence,
      fix: 'Copy the key again, or make a new one (elevenlabs.io, Developers, API keys). A key of an account with data residency works at that residency’s host only (unverified): see ELEVENLABS_BASE_URL.',
    };
  }
  return {
    // Who limits requests will answer again; whoever fails here would fail a call too.
    status: meanings.includes('rate-limited') ? 'warning' : 'failed',
    summary: 'nothing can be said of the key: the provider did not judge it',
    evidence,
    fix: 'Diagnose again in a minute; see status.elevenlabs.io.',
  };
}

function slipIn(apiKey: string): { is: string; fix: string } | undefined {
  if (apiKey !== apiKey.trim()) {
    return { is: 'has a space or line break at its end or start', fix: 'Remove it from ELEVENLABS_API_KEY.' };
  }
  if (/^["'“].*["'”]$/.test(apiKey)) {
    return { is: 'is in quotes', fix: 'Remove the quotes from ELEVENLABS_API_KEY.' };
  }
  if (/^bearer\s/i.test(apiKey)) {
    return { is: 'begins with “Bearer”', fix: 'Give the key alone; it travels in the header xi-api-key.' };
  }
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    return { is: 'holds a character that no key has', fix: 'Copy the key again, as plain text.' };
  }
  if (/^(AC|SK)[0-9a-f]{32}$/i.test(apiKey)) {
    return { is: 'is a SID of Twilio', fix: 'Set ELEVENLABS_API_KEY to the key of ElevenLabs.' };
  }
  return undefined;
}
