import type { Finding } from '../kernel/finding.ts';
import { nearest } from '../kernel/nearest.ts';
import type { PhoneNumberFacts } from '../kernel/phone-number.ts';
import type { Agent } from '../wire/elevenlabs/agent.ts';
import { agentVariables } from '../wire/elevenlabs/agent-variables.ts';
import type { ClientData } from '../wire/elevenlabs/client-data.ts';
import { isDiallable, type Line, lineProviders } from './line.ts';
import { lockedOverrides } from './locked-overrides.ts';

export interface PreflightFacts {
  readonly to: PhoneNumberFacts;
  readonly line: Line;
  readonly agent: Agent;
  /** As it will be sent, without what Donna adds to find the attempt again. */
  readonly clientData: ClientData;
  readonly machineDetection: boolean;
  readonly record: boolean;
}

/** What would make this call fail or go wrong, before anything is dialled. Pure; errors come first. */
export function preflight(facts: PreflightFacts): Finding[] {
  const findings = [
    ...numberFindings(facts.to),
    ...lineFindings(facts.line, facts),
    ...variableFindings(facts.agent, facts.clientData),
    ...overrideFindings(facts.agent, facts.clientData),
    ...agentFindings(facts.agent, facts.clientData),
  ];
  return findings.sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
}

function numberFindings(to: PhoneNumberFacts): Finding[] {
  if (to.valid) return [];
  return [
    {
      rule: 'number-plan',
      severity: 'warning',
      where: to.number,
      evidence: `${to.number} has a possible length, but ${to.country ?? `+${to.callingCode}`} is not known to use such numbers.`,
      fix: 'Read the number again; the numbering plan may also be newer than ours.',
    },
  ];
}

function lineFindings(line: Line, { machineDetection, record }: PreflightFacts): Finding[] {
  const findings: Finding[] = [];
  if (!isDiallable(line)) {
    findings.push({
      rule: 'line-provider',
      severity: 'error',
      where: line.id,
      evidence: `The line belongs to the provider "${line.provider}", for which no way to place calls is known.`,
      fix: `Use a line of ${lineProviders.join(', ')}: donna lines list.`,
    });
  }
  if (!line.supportsOutbound || line.hasOutboundTrunk === false) {
    findings.push({
      rule: 'line-outbound',
      severity: 'error',
      where: line.id,
      evidence: line.supportsOutbound
        ? 'The SIP trunk of this line has no outbound side.'
        : 'The line may not place calls (supports_outbound is false).',
      fix: line.supportsOutbound
        ? 'Give the line an outbound trunk in the ElevenLabs console, or import it again with donna lines import.'
        : 'Use another line (donna lines list), or import this number again with outbound calls allowed.',
    });
  }
  if (record && line.provider !== 'twilio') {
    findings.push({
      rule: 'recording',
      severity: 'warning',
      where: '--record',
      evidence: `The carrier records on Twilio lines only; on ${line.provider} nothing is asked of it.`,
      fix: 'ElevenLabs keeps its own recording (donna calls show); record at the trunk if you need the carrier’s.',
    });
  }
  if (machineDetection && line.provider !== 'twilio') {
    findings.push({
      rule: 'machine-detection',
      severity: 'warning',
      where: '--detect-machine',
      evidence: `Machine detection works on Twilio lines only; on ${line.provider} it is ignored.`,
      fix: 'Rely on the voicemail_detection tool of the agent, or call from a Twilio line.',
    });
  }
  return findings;
}

function variableFindings(agent: Agent, data: ClientData): Finding[] {
  const given = data.dynamic_variables ?? {};
  const used = agentVariables(agent, data.conversation_config_override);
  const findings: Finding[] = [];
  const names = used.map((variable) => variable.name);
  for (const { name, usedIn, placeholder } of used) {
    if (Object.hasOwn(given, name)) continue;
    const slip = nearest(
      name,
      Object.keys(given).filter((key) => !names.includes(key)),
    );
    const meant = slip ? ` (${slip} was given: did you mean ${name}?)` : '';
    findings.push(
      placeholder === undefined
        ? {
            rule: 'variable-missing',
            severity: 'error',
            where: `{{${name}}}`,
            evidence: `The agent uses {{${name}}} in ${usedIn.join(' and ')}, and the call brings no value${meant}. The callee would pick up and the call would die.`,
            fix: `Add --var ${name}=…`,
          }
        : {
            rule: 'variable-placeholder',
            severity: 'warning',
            where: `{{${name}}}`,
            evidence: `{{${name}}} has only its placeholder "${String(placeholder)}", a test default, and the agent would say it (${usedIn.join(', ')})${meant}.`,
            fix: `Add --var ${name}=…`,
          },
    );
  }
  for (const name of Object.keys(given)) {
    if (name.startsWith('system__')) {
      findings.push({
        rule: 'variable-reserved',
        severity: 'error',
        where: name,
        evidence: 'Names that begin with system__ belong to ElevenLabs.',
        fix: 'Give the variable another name, in the agent and here.',
      });
    } else if (!names.includes(name) && used.length > 0 && !name.startsWith('secret__')) {
      findings.push({
        rule: 'variable-unused',
        severity: 'warning',
        where: name,
        evidence: `The agent does not use {{${name}}} in its first message, prompt or tools.`,
        fix: `The agent uses ${names.join(', ')}: leave ${name} out, or use it in the agent.`,
      });
    }
  }
  return findings;
}

function overrideFindings(agent: Agent, data: ClientData): Finding[] {
  return lockedOverrides(agent, data).map((path) => ({
    rule: 'override-locked',
    severity: 'error' as const,
    where: path,
    evidence: `The settings of agent ${agent.agent_id} do not allow a call to change ${path}: it would be dropped, or end the call.`,
    fix: `Allow it (agent settings, Security, Overrides), or leave ${path} out.`,
  }));
}

function agentFindings(agent: Agent, data: ClientData): Finding[] {
  const findings: Finding[] = [];
  const own = agent.conversation_config?.agent;
  const firstMessage = data.conversation_config_override?.agent?.first_message ?? own?.first_message;
  // An agent whose configuration does not come with the reply is not judged.
  if (own && (firstMessage ?? '').trim() === '') {
    findings.push({
      rule: 'agent-silent',
      severity: 'warning',
      where: agent.agent_id,
      evidence: 'The agent has no first message: the callee hears silence until they speak, and may hang up.',
      fix: 'Give the agent a first message, or bring one with --override where its settings allow it.',
    });
  }
  if (agent.conversation_config?.conversation?.text_only === true) {
    findings.push({
      rule: 'agent-text-only',
      severity: 'warning',
      where: agent.agent_id,
      evidence: 'The agent is set to text only: a callee may hear nothing.',
      fix: 'Choose another agent (donna agents list), or turn text_only off.',
    });
  }
  if (agent.platform_settings?.privacy?.zero_retention_mode === true) {
    findings.push({
      rule: 'zero-retention',
      severity: 'warning',
      where: agent.agent_id,
      evidence:
        'The agent keeps nothing (zero retention): the call cannot be read back, and that no trace of it is found never proves that it was not placed.',
      fix: 'Expect no transcript, and to decide yourself about a call whose reply is lost; the carrier’s records still tell.',
    });
  }
  return findings;
}
