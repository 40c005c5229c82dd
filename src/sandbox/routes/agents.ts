import { createAgent, getAgent, listAgents, updateAgent } from '../../wire/elevenlabs/agent.ts';
import { ok, refusals } from '../http/refusals.ts';
import { isObject, merged } from '../json.ts';
import type { SandboxAgent, SandboxState } from '../state.ts';
import { agentSummary, agentView, isArchived } from '../views/agent.ts';
import { pageOf } from './page.ts';
import { type Route, route } from './route.ts';

export const agentRoutes: readonly Route[] = [
  route(listAgents, (world, { query }) => {
    const { state } = world;
    const nowMs = world.clock.now();
    const calls = (agent: SandboxAgent) =>
      state.calls.filter((one) => one.agent.agent_id === agent.agent_id).length;
    const compare = {
      name: (a: SandboxAgent, b: SandboxAgent) => a.name.localeCompare(b.name, 'en'),
      created_at: (a: SandboxAgent, b: SandboxAgent) => a.created_at_unix_secs - b.created_at_unix_secs,
      call_count_7d: (a: SandboxAgent, b: SandboxAgent) => calls(a) - calls(b),
    };
    const found = state.agents
      .filter((agent) => isArchived(agent) === (query.archived ?? false))
      .filter((agent) => agent.name.toLowerCase().includes((query.search ?? '').toLowerCase()))
      .filter((agent) => query.tags === undefined || query.tags.some((tag) => agent.tags.includes(tag)));
    const sorted = query.sort_by ? found.toSorted(compare[query.sort_by]) : found;
    const page = pageOf(
      query.sort_direction === 'desc' ? sorted.toReversed() : sorted,
      (agent) => agent.agent_id,
      query,
    );
    if (page.kind === 'refused') return page.reply;
    return ok({
      agents: page.items.map((agent) => agentSummary(agent, state, nowMs)),
      next_cursor: page.nextCursor,
      has_more: page.nextCursor !== null,
    });
  }),

  route(getAgent, (world, { params }) => {
    const agent = find(world.state, params.agent_id);
    return agent ? ok(agentView(agent, world.state)) : refusals.agentNotFound(params.agent_id ?? '');
  }),

  route(createAgent, async (world, { body }) => {
    const agent: SandboxAgent = {
      agent_id: world.ids.agent(),
      name: body.name ?? 'New agent',
      tags: body.tags ?? [],
      conversation_config: { ...body.conversation_config },
      platform_settings: { ...body.platform_settings },
      created_at_unix_secs: nowSecs(world.clock.now()),
      updated_at_unix_secs: nowSecs(world.clock.now()),
    };
    await world.change((state) => ({ ...state, agents: [...state.agents, agent] }));
    return ok({ agent_id: agent.agent_id });
  }),

  route(updateAgent, async (world, { params, body }) => {
    const agent = find(world.state, params.agent_id);
    if (!agent) return refusals.agentNotFound(params.agent_id ?? '');
    const changed: SandboxAgent = {
      ...agent,
      name: body.name ?? agent.name,
      tags: body.tags ?? agent.tags,
      conversation_config: object(merged(agent.conversation_config, body.conversation_config ?? {})),
      platform_settings: object(merged(agent.platform_settings, body.platform_settings ?? {})),
      updated_at_unix_secs: nowSecs(world.clock.now()),
    };
    await world.change((state) => ({
      ...state,
      agents: state.agents.map((one) => (one.agent_id === agent.agent_id ? changed : one)),
    }));
    return ok(agentView(changed, world.state));
  }),
];

function find(state: SandboxState, id: string | undefined): SandboxAgent | undefined {
  return state.agents.find((one) => one.agent_id === id);
}

function object(value: unknown): Record<string, unknown> {
  return isObject(value) ? { ...value } : {};
}

function nowSecs(nowMs: number): number {
  return Math.floor(nowMs / 1000);
}
