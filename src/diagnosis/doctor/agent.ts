import type { Agent } from '../../wire/elevenlabs/agent.ts';
import { type AgentVariable, agentVariables } from '../../wire/elevenlabs/agent-variables.ts';
import type { Check, Statement } from './check.ts';
import { configuredAgent } from './configured-agent.ts';

interface Concern {
  readonly text: string;
  readonly fix: string;
}

export const agent: Check = {
  name: 'agent',
  title: 'The agent exists and is fit for calls',
  needs: ['agents'],
  async run(context) {
    const found = await configuredAgent(context);
    if (found.kind === 'none') return found.result;
    const variables = agentVariables(found.agent);
    const open = allowedOverrides(found.agent.platform_settings?.overrides ?? {});
    const concerns = [...variableConcerns(variables), ...settingConcerns(found.agent)];
    const name = found.agent.name ?? found.agent.agent_id;
    return {
      status: concerns.length === 0 ? 'ok' : 'warning',
      summary:
        concerns.length === 0
          ? `“${name}” is ready`
          : `“${name}”: ${concerns.map(({ text }) => text).join('; ')}`,
      evidence: [
        ...found.evidence,
        live(`variables: ${variables.length === 0 ? 'none' : variables.map(describeVariable).join('; ')}`),
        ...toolsElsewhere(found.agent),
        live(`a call may override: ${open.length === 0 ? 'nothing' : open.join(', ')}`),
        live(describeLimits(found.agent)),
      ],
      ...(concerns.length === 0
        ? { follows: 'The agent is not the cause.' }
        : { fix: concerns.map(({ fix }) => fix).join(' ') }),
      facts: {
        id: found.agent.agent_id,
        variables: variables.map(({ name, usedIn, placeholder }) => ({
          name,
          usedIn,
          hasPlaceholder: placeholder !== undefined,
        })),
        overrides: open,
      },
    };
  },
};

function live(text: string): Statement {
  return { authority: 'live', text };
}

function describeVariable({ name, usedIn, placeholder }: AgentVariable): string {
  // Its value may be somebody's name: it stays out of a page that is pasted into an issue.
  const value = placeholder === undefined ? 'no placeholder' : 'with a placeholder';
  return `{{${name}}} in ${usedIn.join(', ')} (${value})`;
}

/** A tool that is only named by its id may use variables that this answer does not show. */
function toolsElsewhere({ conversation_config: config }: Agent): Statement[] {
  const { tool_ids: ids, tools } = config?.agent?.prompt ?? {};
  const unseen = (ids?.length ?? 0) - (tools?.length ?? 0);
  return unseen > 0
    ? [live(`${unseen} of its tools are named by id only; their variables are not seen here`)]
    : [];
}

function variableConcerns(variables: readonly AgentVariable[]): Concern[] {
  const missing = variables.filter(({ placeholder }) => placeholder === undefined).map(({ name }) => name);
  if (missing.length === 0) return [];
  return [
    {
      text: `each call must bring ${missing.join(', ')}`,
      fix: `Call with ${missing.map((name) => `--var ${name}=…`).join(' ')}: without a value the callee picks up and the call dies.`,
    },
  ];
}

function settingConcerns({ conversation_config: config, platform_settings: platform }: Agent): Concern[] {
  const tools = config?.agent?.prompt?.built_in_tools;
  const named = new Set(config?.agent?.prompt?.tools?.map(({ name }) => name));
  const concerns: (Concern | false)[] = [
    config?.conversation?.text_only === true && {
      text: 'it is set to text only',
      fix: 'Turn text only off (agent settings, Advanced): a callee would hear nothing.',
    },
    !config?.agent?.first_message && {
      text: 'it has no first message, so it waits until the callee speaks',
      fix: 'Give it a first message, unless that is meant.',
    },
    !(tools?.end_call || named.has('end_call')) && {
      text: 'it cannot hang up (no end_call tool)',
      fix: 'Add the system tool End call, or calls last until the callee hangs up or time runs out.',
    },
    !(tools?.voicemail_detection || named.has('voicemail_detection')) && {
      text: 'it does not recognise voicemail',
      fix: 'Add the system tool Voicemail detection, or the agent talks to the machine.',
    },
    platform?.privacy?.zero_retention_mode === true && {
      text: 'it keeps nothing (zero retention), so no call can be read back',
      fix: 'Expect no transcript, or turn zero retention off.',
    },
    platform?.call_limits?.daily_limit === 0 && {
      text: 'its daily limit of calls is 0',
      fix: 'Raise the limit (agent settings, Limits).',
    },
    platform?.auth?.enable_auth === true && {
      text: 'it asks for authentication, which has broken Twilio calls before (elevenlabs-docs #766, unverified)',
      fix: 'If calls end at once, try with authentication off (agent settings, Security).',
    },
  ];
  return concerns.filter((concern) => concern !== false);
}

function describeLimits({ conversation_config: config, platform_settings: platform }: Agent): string {
  const limits = platform?.call_limits;
  const once = limits?.agent_concurrency_limit;
  const said = [
    `calls at once ${once === undefined || once === null || once < 0 ? 'as the plan allows' : once}`,
    `calls a day ${limits?.daily_limit ?? 'not told'}`,
    `longest call ${config?.conversation?.max_duration_seconds ?? 'not told'} s`,
    `bursting ${onOff(limits?.bursting_enabled)}`,
    `live monitoring ${onOff(config?.conversation?.monitoring_enabled)}`,
  ];
  return said.join(', ');
}

function onOff(flag: boolean | null | undefined): string {
  return flag === undefined || flag === null ? 'not told' : flag ? 'on' : 'off';
}

/** The paths of the switches that are on, without the branches they hang on. */
function allowedOverrides(switches: object, parent = ''): string[] {
  return Object.entries(switches).flatMap(([name, value]: [string, unknown]) => {
    const path = name === 'conversation_config_override' ? '' : parent === '' ? name : `${parent}.${name}`;
    if (value === true) return [path];
    return typeof value === 'object' && value !== null ? allowedOverrides(value, path) : [];
  });
}
