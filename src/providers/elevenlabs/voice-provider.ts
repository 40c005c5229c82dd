import type { Line } from '../../calls/line.ts';
import type { VoiceProvider } from '../../calls/ports.ts';
import { getAgent, listAgents } from '../../wire/elevenlabs/agent.ts';
import { getConversation, listConversations } from '../../wire/elevenlabs/conversation.ts';
import { getPhoneNumber, listPhoneNumbers, type PhoneNumber } from '../../wire/elevenlabs/phone-number.ts';
import type { ElevenLabsClient } from './client.ts';
import { dial } from './dial.ts';

const PAGE = 100;

/** ElevenLabs as `calls/` sees it. */
export function createVoiceProvider(client: ElevenLabsClient, baseUrl: string): VoiceProvider {
  return {
    lines: async () => (await client.send(listPhoneNumbers)).map(lineOf),
    async line(id) {
      const found = await client.find(getPhoneNumber, { path: { phone_number_id: id } });
      return found && lineOf(found);
    },
    agent: (id) => client.find(getAgent, { path: { agent_id: id } }),
    async agents() {
      const agents: { id: string; name: string }[] = [];
      let cursor: string | undefined;
      do {
        const page = await client.send(listAgents, {
          query: { page_size: PAGE, ...(cursor ? { cursor } : {}) },
        });
        agents.push(...page.agents.map((agent) => ({ id: agent.agent_id, name: agent.name })));
        const next = page.has_more ? (page.next_cursor ?? undefined) : undefined;
        // A cursor that does not move would turn the list round for ever.
        cursor = next === cursor ? undefined : next;
      } while (cursor);
      return agents;
    },
    dial: (order, beforeSend) => dial(client, baseUrl, order, beforeSend),
    conversation: (id, signal) => client.find(getConversation, { path: { conversation_id: id }, signal }),
    async conversations({ agentId, userId, startedAfterSecs, limit = PAGE }) {
      const page = await client.send(listConversations, {
        query: {
          page_size: Math.min(limit, PAGE),
          ...(agentId ? { agent_id: agentId } : {}),
          ...(userId ? { user_id: userId } : {}),
          ...(startedAfterSecs === undefined ? {} : { call_start_after_unix: startedAfterSecs }),
        },
      });
      return page.conversations;
    },
  };
}

function lineOf(number: PhoneNumber): Line {
  const trunk = number.outbound_trunk ?? number.provider_config;
  return {
    id: number.phone_number_id,
    number: number.phone_number,
    label: number.label ?? '',
    // Records from before SIP trunks carry no provider; all of them are Twilio's.
    provider: number.provider ?? 'twilio',
    supportsOutbound: number.supports_outbound ?? true,
    hasOutboundTrunk:
      number.provider === 'sip_trunk' && trunk ? (trunk.has_outbound_trunk ?? true) : undefined,
    assignedAgent: number.assigned_agent
      ? { id: number.assigned_agent.agent_id, name: number.assigned_agent.agent_name ?? '' }
      : undefined,
  };
}
