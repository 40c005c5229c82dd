import { describe, expect, it } from 'vitest';
import { agentOf, numberFacts, twilioLine } from '../../test/fixtures/calls.ts';
import type { ClientData } from '../wire/elevenlabs/client-data.ts';
import { lockedOverrides } from './locked-overrides.ts';
import { type PreflightFacts, preflight } from './preflight.ts';

const speaking = (settings: Record<string, unknown> = {}) =>
  agentOf({
    conversation_config: {
      agent: {
        first_message: 'Hello {{customer_name}}.',
        prompt: { prompt: 'Today is {{system__time_utc}}. Ask about {{topic}}.' },
        dynamic_variables: { dynamic_variable_placeholders: { topic: 'an invoice' } },
      },
    },
    ...settings,
  });
const facts = (changes: Partial<PreflightFacts> = {}): PreflightFacts => ({
  to: numberFacts('+12125550142'),
  line: twilioLine,
  agent: agentOf(),
  clientData: {},
  machineDetection: false,
  record: false,
  ...changes,
});
const rules = (changes: Partial<PreflightFacts>) =>
  preflight(facts(changes)).map(({ rule, severity }) => `${severity} ${rule}`);

describe('preflight', () => {
  it('finds nothing wrong with an ordinary call', () => {
    expect(preflight(facts())).toEqual([]);
  });

  it('tells a missing variable from one that has a placeholder, errors first', () => {
    expect(rules({ agent: speaking() })).toEqual(['error variable-missing', 'warning variable-placeholder']);
    expect(
      rules({ agent: speaking(), clientData: { dynamic_variables: { customer_name: 'Ada', topic: 1 } } }),
    ).toEqual([]);
  });

  it('asks whether a slip of the name was meant', () => {
    const clientData: ClientData = { dynamic_variables: { customerName: 'Ada', topic: 'x' } };
    const [missing, unused] = preflight(facts({ agent: speaking(), clientData }));
    expect(missing?.evidence).toContain('customerName was given: did you mean customer_name?');
    expect(unused).toMatchObject({ rule: 'variable-unused', severity: 'warning' });
  });

  it('refuses names that belong to the provider', () => {
    expect(rules({ clientData: { dynamic_variables: { system__time: 'now' } } })).toEqual([
      'error variable-reserved',
    ]);
  });

  it.each([
    [{ provider: 'carrier-pigeon' }, 'error line-provider'],
    [{ supportsOutbound: false }, 'error line-outbound'],
    [{ provider: 'sip_trunk', hasOutboundTrunk: false }, 'error line-outbound'],
  ])('refuses the line %j', (changes, rule) => {
    expect(rules({ line: { ...twilioLine, ...changes } })).toEqual([rule]);
  });

  it('warns where machine detection has no effect', () => {
    const line = { ...twilioLine, provider: 'sip_trunk' };
    expect(rules({ line, machineDetection: true })).toEqual(['warning machine-detection']);
    expect(rules({ machineDetection: true })).toEqual([]);
  });

  it('warns of a number that its plan does not know', () => {
    expect(rules({ to: numberFacts('+15555550142') })).toEqual(['warning number-plan']);
  });

  it('warns of an agent that does not speak, and of one that keeps nothing', () => {
    const mute = agentOf({ conversation_config: { conversation: { text_only: true } } });
    expect(rules({ agent: mute })).toEqual(['warning agent-text-only']);
    const forgetful = agentOf({ platform_settings: { privacy: { zero_retention_mode: true } } });
    expect(rules({ agent: forgetful })).toEqual(['warning zero-retention']);
  });
});

describe('lockedOverrides', () => {
  const data: ClientData = {
    conversation_config_override: {
      agent: { first_message: 'Hi.', prompt: { prompt: 'Be kind.' } },
      tts: { voice_id: 'v' },
    },
    custom_llm_extra_body: { a: 1 },
    starting_workflow_node_id: 'n',
    procedure_ids: [],
  };

  it('locks everything by default', () => {
    expect(lockedOverrides(agentOf(), data)).toEqual([
      'agent.first_message',
      'agent.prompt.prompt',
      'tts.voice_id',
      'custom_llm_extra_body',
      'starting_workflow_node_id',
      'procedure_ids',
    ]);
  });

  it('lets through what the agent’s switches allow, one by one', () => {
    const agent = agentOf({
      platform_settings: {
        overrides: {
          conversation_config_override: { agent: { first_message: true, prompt: { prompt: false } } },
          custom_llm_extra_body: true,
          enable_procedure_ids_from_client: true,
        },
      },
    });
    expect(lockedOverrides(agent, data)).toEqual([
      'agent.prompt.prompt',
      'tts.voice_id',
      'starting_workflow_node_id',
    ]);
  });

  it('does not mind what is not given', () => {
    expect(lockedOverrides(agentOf(), {})).toEqual([]);
    expect(
      lockedOverrides(agentOf(), { conversation_config_override: { agent: { first_message: null } } }),
    ).toEqual([]);
  });
});
