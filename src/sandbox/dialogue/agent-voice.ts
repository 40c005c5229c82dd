import { variableNames } from '../../wire/elevenlabs/agent-variables.ts';
import type { AgentScript } from './agent-script.ts';
import { type Meaning, meaningOf } from './hearing.ts';
import { fillVariables, spokenName } from './variables.ts';

export interface AgentTool {
  readonly name: 'end_call' | 'voicemail_detection' | 'play_keypad_touch_tone';
  readonly params: Readonly<Record<string, string>>;
}

export interface AgentMove {
  /** Empty when the agent only calls a tool. */
  readonly says: string;
  readonly tool?: AgentTool;
  /** The agent puts the phone down after its words. */
  readonly ends?: boolean;
}

/** What the agent remembers of the call so far. */
export interface AgentMemory {
  /** The variables of the prompt have been spoken. */
  readonly toldDetails: boolean;
  /** How the callee's answer to the details is understood, once there is one. */
  readonly answer: Meaning | undefined;
  readonly remindedTimes: number;
}

export const freshMemory: AgentMemory = { toldDetails: false, answer: undefined, remindedTimes: 0 };

type Reaction = readonly [AgentMove, AgentMemory];

/**
 * The pretend model behind the agent: says what the prompt's variables hold, asks whether that is right, and
 * closes by what it hears. A function of the script and what was heard, so that a call can be played again.
 */
export function agentReaction(script: AgentScript, memory: AgentMemory, heard: string): Reaction {
  const meaning = meaningOf(heard);
  const close = (says: string, reason: string): Reaction => [
    { says, ...ending(script, reason) },
    { ...memory, answer: meaning },
  ];
  switch (meaning) {
    case 'machine':
      return script.voicemail
        ? mailboxReaction(script.voicemail.message, memory)
        : details(script, memory, meaning);
    case 'fax':
      return close('', 'A fax machine answered.');
    case 'menu':
      return script.canPressKeys && memory.remindedTimes === 0
        ? [keyPress, { ...memory, remindedTimes: 1, answer: meaning }]
        : close('I will try again another time. Goodbye.', 'An automated menu answered.');
    case 'wrong-person':
      return close('I am sorry to have troubled you. Goodbye.', 'This is not the person to speak to.');
    case 'later':
      return close(
        'Of course, I will call at another time. Goodbye.',
        'The callee asked to be called later.',
      );
    case 'opt-out':
      return close(
        'Understood. We will not call this number again. Goodbye.',
        'The callee asked not to be called.',
      );
    default:
  }
  if (!memory.toldDetails) return details(script, memory, undefined);
  if (meaning === 'confirmation')
    return close('Thank you, that is all I needed. Goodbye.', 'The callee confirmed.');
  if (meaning === 'denial')
    return close('Thank you for telling me. I will pass that on. Goodbye.', 'The callee denied.');
  if (memory.remindedTimes > 0) return close('Thank you for your time. Goodbye.', 'Nothing more to say.');
  return [{ says: 'I see. Is what I said correct?' }, { ...memory, remindedTimes: memory.remindedTimes + 1 }];
}

/** When the callee keeps silent past the turn timeout. */
export function agentReminder(memory: AgentMemory): Reaction {
  const says = memory.remindedTimes === 0 ? 'Hello, are you still there?' : 'I cannot hear you.';
  return [{ says }, { ...memory, remindedTimes: memory.remindedTimes + 1 }];
}

const keyPress: AgentMove = {
  says: '',
  tool: { name: 'play_keypad_touch_tone', params: { dtmf_tones: '1' } },
};

function mailboxReaction(message: string | undefined, memory: AgentMemory): Reaction {
  const tool: AgentTool = {
    name: 'voicemail_detection',
    params: { reason: 'The greeting of a mailbox was heard.' },
  };
  return [
    { says: message ?? '', tool, ends: true },
    { ...memory, answer: 'machine' },
  ];
}

function ending(script: AgentScript, reason: string): Pick<AgentMove, 'tool' | 'ends'> {
  return script.canEndCall ? { tool: { name: 'end_call', params: { reason } }, ends: true } : {};
}

function details(script: AgentScript, memory: AgentMemory, answer: Meaning | undefined): Reaction {
  const spoken = variableNames(script.prompt)
    .filter((name) => !name.startsWith('system__') && !name.startsWith('secret__'))
    .filter((name) => script.values[name] !== undefined && !script.firstMessage.includes(value(script, name)))
    .map((name) => `${spokenName(name)} ${value(script, name)}`);
  const says =
    spoken.length > 0
      ? `It is about ${listed(spoken)}. Is that right?`
      : 'I have one short question: is now a good time?';
  return [{ says }, { ...memory, toldDetails: true, answer }];
}

function value(script: AgentScript, name: string): string {
  return fillVariables(`{{${name}}}`, script.values);
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
