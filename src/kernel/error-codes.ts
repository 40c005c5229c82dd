/**
 * Every code an AppError can carry, with its meaning and the exit code of the CLI. docs/errors.md is
 * generated from this table. Exit codes: 2 bad input, 3 refused before dialling, 4 not placed, 6 unknown.
 */
export const errorCodes = {
  'bad-input': { exit: 2, meaning: 'An argument, option, variable or file is not what it should be.' },
  'bad-config': { exit: 2, meaning: 'A setting in a flag, the environment or .env is wrong or missing.' },
  'not-found': { exit: 2, meaning: 'The agent, line, conversation or call that was named does not exist.' },
  'provider-refused': { exit: 4, meaning: 'The provider answered the request with an error.' },
  'provider-unreachable': { exit: 4, meaning: 'No connection to the provider, or no reply in time.' },
  'provider-reply': {
    exit: 4,
    meaning: 'The provider answered, but not in a form that its documents describe.',
  },
  'not-possible': {
    exit: 4,
    meaning: 'What was asked cannot be done with this account, plan or credentials.',
  },
  'put-back': {
    exit: 4,
    meaning: 'The dial was put back before a byte was sent: it was stopped, or the machine paused.',
  },
  storage: { exit: 4, meaning: 'The data directory cannot be read or written.' },
} as const satisfies Record<string, { exit: number; meaning: string }>;

export type ErrorCode = keyof typeof errorCodes;
