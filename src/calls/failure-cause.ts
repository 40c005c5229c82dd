import type { ConversationError } from '../wire/elevenlabs/conversation-metadata.ts';
import type { Cause } from './cause.ts';
import { refusalCause } from './refusal-cause.ts';

export interface FailureCause extends Cause {
  /** The callee had picked up when it happened. */
  readonly connected?: boolean;
}

/** By the provider's words; codes alone are too coarse, since 1011 stands for a carrier's refusal and for a lost socket. */
const byWords: readonly { readonly words: RegExp; readonly cause: FailureCause }[] = [
  {
    words: /missing required dynamic variables/i,
    cause: {
      code: 'variable-missing',
      sentence:
        'The callee picked up and the call died at once: the agent uses variables that the call did not bring.',
      owner: 'config',
      fix: 'Give them with --var: they belong inside conversation_initiation_client_data.dynamic_variables.',
      retryable: false,
      connected: true,
    },
  },
  {
    words: /override for field|not allowed by config/i,
    cause: {
      code: 'override-locked',
      sentence: 'The call tried to override a field that the agent’s settings lock.',
      owner: 'config',
      fix: 'Allow the override in the agent (Security, Overrides), or leave it out.',
      retryable: false,
      connected: true,
    },
  },
  {
    words: /daily call limit/i,
    cause: {
      code: 'agent-daily-limit',
      sentence: 'The agent has used up its calls for today.',
      owner: 'config',
      fix: 'Raise platform_settings.call_limits.daily_limit of the agent, or call tomorrow.',
      retryable: true,
    },
  },
];

const byCode: Readonly<Record<number, FailureCause>> = {
  1002: {
    code: 'credits-gone',
    sentence: 'The ElevenLabs account ran out of credits during the call.',
    owner: 'config',
    fix: 'Add credits or raise the plan; donna diagnose --only plan shows what is left.',
    retryable: false,
    connected: true,
  },
  3000: {
    code: 'safety-block',
    sentence: 'ElevenLabs’ safety system ended the call.',
    owner: 'provider',
    fix: 'Read the prompt and the variables for what its policy forbids.',
    retryable: false,
    connected: true,
  },
};

/** Why a conversation failed: from `metadata.error`, else from the reason it gives for its end. */
export function failureCause(error: ConversationError | undefined, reason: string): FailureCause | undefined {
  const words = [error?.reason, reason].filter(Boolean).join(' · ');
  const named =
    byWords.find((row) => row.words.test(words))?.cause ??
    (error && (byCode[error.code] ?? carrierCause(error)));
  if (named?.code === 'variable-missing') return { ...named, fix: missingVariablesFix(words) };
  if (named) return named;
  if (/initiali[sz]ation failed/i.test(reason)) return initialisationFailed;
  return undefined;
}

/** The provider names them as a set: `{'customer_name', 'amount'}`. */
function missingVariablesFix(words: string): string {
  const names = Array.from(words.matchAll(/'([\w.-]{1,100})'/g), (match) => match[1]);
  if (names.length === 0) return 'Give them with --var.';
  return `Add ${[...new Set(names)].map((name) => `--var ${name}=…`).join(' ')} (inside conversation_initiation_client_data.dynamic_variables).`;
}

const initialisationFailed: FailureCause = {
  code: 'initialisation-failed',
  sentence: 'ElevenLabs could not start the conversation.',
  owner: 'provider',
  fix: 'Run donna diagnose: the agent, its variables and its overrides are checked there.',
  retryable: true,
};

function carrierCause(error: ConversationError): FailureCause {
  const words = error.reason ?? '';
  if (error.error_type === 'no_answer') return refusalCause('sip status: 480');
  const named = refusalCause(words);
  if (named.code !== 'refused') return named;
  // A SIP status can be the code itself.
  if (error.code >= 400 && error.code < 700) {
    const bySipStatus = refusalCause(`sip status: ${error.code}`);
    if (bySipStatus.code !== 'refused') return bySipStatus;
  }
  return {
    ...initialisationFailed,
    code: 'conversation-failed',
    sentence: `The conversation failed: ${words || `error ${error.code}`}.`,
  };
}
