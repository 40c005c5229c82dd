import { listAgents } from '../../wire/elevenlabs/agent.ts';
import { agentsRead } from './account-reads.ts';
import type { Check } from './check.ts';
import { meaningOf, readBody, seen } from './read-answer.ts';
import { trouble, unreadable } from './trouble.ts';

const SHOWN = 10;

export const agents: Check = {
  name: 'agents',
  title: 'There are agents, and the key may read them',
  needs: ['key'],
  async run({ ask }) {
    const answer = await ask(agentsRead);
    if (meaningOf(answer).kind !== 'fine') return trouble(agentsRead, answer, 'the agents');
    const body = readBody(answer, listAgents.reply);
    if (body.kind === 'unreadable') return unreadable(agentsRead, answer, 'the agents', body.why);
    const { agents: found, has_more: more } = body.value;
    if (found.length === 0) {
      return {
        status: 'failed',
        summary: 'the account has no agent',
        evidence: [seen(agentsRead, answer)],
        fix: 'Create one (elevenlabs.io, Agents).',
      };
    }
    const rest = found.length - SHOWN;
    return {
      status: 'ok',
      summary: `${found.length}${more ? ' or more' : ''}`,
      evidence: [
        seen(agentsRead, answer),
        ...found
          .slice(0, SHOWN)
          .map(({ agent_id, name }) => ({ authority: 'live', text: `${agent_id} ${name ?? ''}` }) as const),
        ...(rest > 0 ? [{ authority: 'live', text: `and ${rest} more` } as const] : []),
      ],
      facts: { agents: found.map(({ agent_id, name }) => ({ id: agent_id, name })) },
    };
  },
};
