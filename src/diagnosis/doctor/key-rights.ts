import { agentsRead, userRead } from './account-reads.ts';
import type { Check, CheckResult } from './check.ts';
import type { ProbeRequest } from './probe.ts';
import { meaningOf, seen } from './read-answer.ts';

interface Right {
  /** As the provider calls it; its own answer may name another. */
  readonly name: string;
  readonly request: ProbeRequest;
  readonly without: string;
  readonly vital: boolean;
}

const rights: readonly Right[] = [
  { name: 'user_read', request: userRead, without: 'plan and usage cannot be shown', vital: false },
  {
    name: 'convai_read',
    request: agentsRead,
    without: 'agents, lines and conversations cannot be read',
    vital: true,
  },
  {
    name: 'convai_write',
    request: { method: 'POST', provider: 'elevenlabs', path: '/v1/convai/twilio/outbound-call' },
    without: 'no call can be placed',
    vital: true,
  },
];

export const keyRights: Check = {
  name: 'key-rights',
  title: 'The key has the rights that calls need',
  needs: ['key'],
  async run({ ask }): Promise<CheckResult> {
    const asked = await Promise.all(
      rights.map(async (right) => ({ right, answer: await ask(right.request) })),
    );
    const evidence = asked.map(({ right, answer }) => seen(right.request, answer));
    const missing = asked.flatMap(({ right, answer }) => {
      const meaning = meaningOf(answer);
      if (meaning.kind === 'missing-right') return [{ ...right, name: meaning.right }];
      return meaning.kind === 'forbidden' ? [right] : [];
    });
    const facts = { missing: missing.map(({ name }) => name) };
    if (missing.length === 0) {
      return { status: 'ok', summary: 'no right is missing', evidence, facts };
    }
    const names = facts.missing.join(', ');
    const vital = missing.some((right) => right.vital);
    return {
      status: vital ? 'failed' : 'warning',
      summary: `missing: ${missing.map(({ name, without }) => `${name} (${without})`).join('; ')}`,
      evidence,
      follows: vital
        ? 'The key is valid; its restrictions are the cause.'
        : 'The key is valid and can place calls.',
      fix: `Give the key ${names} (elevenlabs.io, Developers, API keys), or make one without restrictions.`,
      facts,
    };
  },
};
