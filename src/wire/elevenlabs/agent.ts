import * as z from 'zod';
import { operation } from '../operation.ts';
import { createAgentBody, updateAgentBody } from './agent-body.ts';
import { agent } from './agent-reply.ts';
import { inDocument } from './document-source.ts';

/** Source: document, AgentSummaryResponseModel. The official SDK throws when `voice_id` is missing; Donna does not. */
export const agentSummary = z.looseObject({
  agent_id: z.string(),
  name: z.string(),
  voice_id: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  created_at_unix_secs: z.number().nullish(),
  last_call_time_unix_secs: z.number().nullish(),
  archived: z.boolean().nullish(),
});

export const listAgents = operation({
  name: 'listAgents',
  provider: 'elevenlabs',
  method: 'GET',
  path: '/v1/convai/agents',
  summary: 'List the agents of the account',
  query: z.strictObject({
    page_size: z.int().min(1).max(100).optional(),
    search: z.string().optional(),
    archived: z.boolean().optional(),
    show_only_owned_agents: z.boolean().optional(),
    created_by_user_id: z.string().optional(),
    tags: z.array(z.string()).optional(),
    sort_by: z.enum(['name', 'created_at', 'call_count_7d']).optional(),
    sort_direction: z.enum(['asc', 'desc']).optional(),
    cursor: z.string().optional(),
  }),
  reply: z.looseObject({
    agents: z.array(agentSummary),
    next_cursor: z.string().nullish(),
    has_more: z.boolean().nullish(),
  }),
  operationId: 'get_agents_route',
  source: inDocument('get_agents_route'),
});

export const getAgent = operation({
  name: 'getAgent',
  provider: 'elevenlabs',
  method: 'GET',
  path: '/v1/convai/agents/{agent_id}',
  summary: 'Read an agent with its configuration',
  query: z.strictObject({ version_id: z.string().optional(), branch_id: z.string().optional() }),
  reply: agent,
  operationId: 'get_agent_route',
  source: inDocument('get_agent_route'),
});

export const createAgent = operation({
  name: 'createAgent',
  provider: 'elevenlabs',
  method: 'POST',
  path: '/v1/convai/agents/create',
  summary: 'Create an agent',
  query: z.strictObject({ enable_versioning: z.boolean().optional() }),
  body: createAgentBody,
  reply: z.looseObject({ agent_id: z.string() }),
  operationId: 'create_agent_route',
  source: inDocument('create_agent_route'),
});

export const updateAgent = operation({
  name: 'updateAgent',
  provider: 'elevenlabs',
  method: 'PATCH',
  path: '/v1/convai/agents/{agent_id}',
  summary: 'Change what is given of an agent',
  query: z.strictObject({
    enable_versioning_if_not_enabled: z.boolean().optional(),
    branch_id: z.string().optional(),
  }),
  body: updateAgentBody,
  reply: agent,
  operationId: 'patch_agent_settings_route',
  source: inDocument('patch_agent_settings_route'),
});

export type Agent = z.output<typeof agent>;
export type AgentSummary = z.output<typeof agentSummary>;
