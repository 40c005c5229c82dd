import { objectAt } from '../json.ts';
import type { SandboxLine, SandboxState } from '../state.ts';

/** A line as the phone-number endpoints show it. */
export function lineView(line: SandboxLine, state: SandboxState) {
  const agent = state.agents.find((one) => one.agent_id === line.agent_id);
  const shared = {
    phone_number: line.phone_number,
    label: line.label,
    supports_inbound: line.supports_inbound,
    supports_outbound: line.supports_outbound,
    phone_number_id: line.phone_number_id,
    assigned_agent: agent
      ? {
          agent_id: agent.agent_id,
          agent_name: agent.name,
          environment: line.environment,
          branch_id: line.branch_id,
        }
      : null,
    provider: line.provider,
  };
  if (line.provider !== 'sip_trunk') return shared;
  const outbound = line.sip?.outbound_trunk ? outboundTrunk(objectAt(line.sip, 'outbound_trunk')) : null;
  const inbound = line.sip?.inbound_trunk ? inboundTrunk(objectAt(line.sip, 'inbound_trunk')) : null;
  return {
    ...shared,
    provider_config: outbound,
    outbound_trunk: outbound,
    inbound_trunk: inbound,
    livekit_stack: line.sip?.livekit_stack ?? 'standard',
    store_sip_messages: line.sip?.store_sip_messages ?? true,
  };
}

function outboundTrunk(config: Record<string, unknown>) {
  const { credentials, ...shown } = config;
  return {
    transport: 'auto',
    media_encryption: 'allowed',
    headers: {},
    attributes_to_headers: {},
    enabled_codecs: ['G722/8000', 'PCMU/8000', 'PCMA/8000'],
    ...shown,
    username: objectAt(credentials).username ?? null,
    has_auth_credentials: credentials !== undefined && credentials !== null,
    has_outbound_trunk: true,
  };
}

function inboundTrunk(config: Record<string, unknown>) {
  const { credentials, allowed_addresses, ...shown } = config;
  return {
    allowed_numbers: null,
    media_encryption: 'allowed',
    remote_domains: null,
    attributes_to_headers: {},
    ...shown,
    allowed_addresses: allowed_addresses ?? ['0.0.0.0/0'],
    username: objectAt(credentials).username ?? null,
    has_auth_credentials: credentials !== undefined && credentials !== null,
  };
}
