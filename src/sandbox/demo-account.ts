import { type SandboxState, sandboxState } from './state.ts';

/** Ids of the demo account; they never change, so that examples and saved commands keep working. */
export const demo = {
  apiKey: 'sandbox',
  twilioSid: `AC${'0'.repeat(32)}`,
  twilioToken: 'sandbox',
  agentId: 'agent_0000donna000000000000000001',
  agentWithoutPlaceholdersId: 'agent_0000donna000000000000000002',
  twilioLineId: 'phnum_0000twilio000000000000000001',
  sipLineId: 'phnum_0000siptrunk0000000000000002',
  twilioNumber: '+12125550100',
  sipNumber: '+12125550101',
} as const;

const CREATED_UNIX_SECS = 1_767_225_600;

const firstMessage =
  'Hello {{customer_name}}, this is Donna from {{company}}. I am calling about invoice {{invoice_number}}.';
const prompt =
  'You are Donna and call {{customer_name}} for {{company}}. Find out whether invoice {{invoice_number}} over {{amount}} is known and correct. Be short and polite.';
const placeholders = {
  customer_name: 'Ms Rivera',
  company: 'Northwind Supplies',
  invoice_number: 'INV-1001',
  amount: '1,250.00 dollars',
};

/** The account that a sandbox starts with when it is given none. */
export function demoAccount(): SandboxState {
  return sandboxState.parse({
    account: { keys: [{ key: demo.apiKey }], plan: 'creator', characters_used: 1200 },
    twilio: {
      sid: demo.twilioSid,
      token: demo.twilioToken,
      friendly_name: 'Donna sandbox',
      numbers: [
        { sid: `PN${'0'.repeat(31)}1`, phone_number: demo.twilioNumber, friendly_name: 'Sandbox line' },
        // Owned and not yet a line, to be imported.
        { sid: `PN${'0'.repeat(31)}2`, phone_number: '+12125550102', friendly_name: 'Spare number' },
      ],
    },
    agents: [
      agent(demo.agentId, 'Donna', firstMessage, prompt, placeholders),
      agent(
        demo.agentWithoutPlaceholdersId,
        'Donna (no placeholders)',
        'Hello {{customer_name}}, this is Donna.',
        'You are Donna and call {{customer_name}} about the appointment on {{appointment_day}}.',
        { appointment_day: 'Tuesday' },
      ),
    ],
    lines: [
      {
        phone_number_id: demo.twilioLineId,
        phone_number: demo.twilioNumber,
        label: 'Sandbox Twilio line',
        provider: 'twilio',
        agent_id: demo.agentId,
      },
      {
        phone_number_id: demo.sipLineId,
        phone_number: demo.sipNumber,
        label: 'Sandbox SIP trunk',
        provider: 'sip_trunk',
        sip: {
          outbound_trunk: { address: 'sip.example.com', transport: 'tls', media_encryption: 'allowed' },
        },
      },
    ],
  });
}

function agent(
  id: string,
  name: string,
  first: string,
  instructions: string,
  values: Record<string, string>,
) {
  const systemTool = (tool: string) => ({
    type: 'system',
    name: tool,
    description: '',
    params: { system_tool_type: tool },
  });
  return {
    agent_id: id,
    name,
    created_at_unix_secs: CREATED_UNIX_SECS,
    updated_at_unix_secs: CREATED_UNIX_SECS,
    conversation_config: {
      agent: {
        first_message: first,
        language: 'en',
        dynamic_variables: { dynamic_variable_placeholders: values },
        prompt: {
          prompt: instructions,
          llm: 'gemini-2.5-flash',
          tool_ids: [],
          built_in_tools: {
            end_call: systemTool('end_call'),
            voicemail_detection: systemTool('voicemail_detection'),
          },
        },
      },
      tts: { model_id: 'eleven_flash_v2', voice_id: 'voice_sandbox' },
      turn: { turn_timeout: 7, silence_end_call_timeout: 20 },
      conversation: { text_only: false, max_duration_seconds: 600, monitoring_enabled: true },
    },
    platform_settings: {
      // Off, so that the plan's limit is the limit.
      call_limits: { agent_concurrency_limit: -1, daily_limit: 100_000, bursting_enabled: false },
      data_collection: {
        invoice_number: { type: 'string', description: 'The invoice that was spoken about' },
        confirmed: { type: 'boolean', description: 'Whether the callee confirmed what was asked' },
      },
    },
  };
}
