import { type Agent, getAgent, listAgents } from '../../wire/elevenlabs/agent.ts';
import { agentsRead } from './account-reads.ts';
import type { Answer, CheckContext, CheckResult, Statement } from './check.ts';
import type { ProbeRequest } from './probe.ts';
import { meaningOf, readBody, seen } from './read-answer.ts';
import { trouble, unreadable } from './trouble.ts';

export type ConfiguredAgent =
  | { readonly kind: 'agent'; readonly agent: Agent; readonly evidence: readonly Statement[] }
  | { readonly kind: 'none'; readonly result: CheckResult };

/** The agent of the settings, or the only one that there is. */
export async function configuredAgent({ ask, settings }: CheckContext): Promise<ConfiguredAgent> {
  const listed = readBody(await ask(agentsRead), listAgents.reply);
  const known = listed.kind === 'read' ? listed.value.agents : [];
  const names = known.map(({ agent_id, name }) => `${agent_id} (${name})`).join(', ');
  const configured = settings.elevenlabs.agentId;
  const id = configured ?? (known.length === 1 ? known[0]?.agent_id : undefined);
  if (id === undefined && listed.kind === 'unreadable') {
    return none({ status: 'skipped', summary: 'skipped because the agents could not be read', evidence: [] });
  }
  if (id === undefined) {
    return none({
      status: 'warning',
      summary: 'no agent is configured, and there are several',
      evidence: [{ authority: 'live', text: names }],
      fix: 'Set ELEVENLABS_AGENT_ID to one of them, or name it in each call with --agent.',
    });
  }
  const evidence: Statement[] =
    configured === undefined
      ? [{ authority: 'live', text: `${id} is the only agent, so it is used` }]
      : [{ authority: 'setting', text: `ELEVENLABS_AGENT_ID ${configured}` }];
  if (/^(phnum_|conv_|\+)/.test(id)) {
    return none({
      status: 'failed',
      summary: 'ELEVENLABS_AGENT_ID is not the id of an agent',
      evidence,
      fix: `Ids of agents begin with agent_. The agents are: ${names}.`,
    });
  }
  const request: ProbeRequest = {
    method: 'GET',
    provider: 'elevenlabs',
    path: `/v1/convai/agents/${encodeURIComponent(id)}`,
  };
  const answer = await ask(request);
  return read(request, answer, id, names, evidence);
}

function read(
  request: ProbeRequest,
  answer: Answer,
  id: string,
  names: string,
  evidence: readonly Statement[],
): ConfiguredAgent {
  const meaning = meaningOf(answer).kind;
  if (meaning === 'no-such-resource' || meaning === 'invalid') {
    return none({
      status: 'failed',
      summary: `the account has no agent ${id}`,
      evidence: [...evidence, seen(request, answer)],
      follows: 'The id is of another account, or mistyped; each call with it gets a 404.',
      fix: `Set ELEVENLABS_AGENT_ID to one of: ${names}.`,
    });
  }
  if (meaning !== 'fine') return none(trouble(request, answer, 'the agent'));
  const body = readBody(answer, getAgent.reply);
  if (body.kind === 'unreadable') return none(unreadable(request, answer, 'the agent', body.why));
  return { kind: 'agent', agent: body.value, evidence: [...evidence, seen(request, answer)] };
}

function none(result: CheckResult): ConfiguredAgent {
  return { kind: 'none', result };
}
