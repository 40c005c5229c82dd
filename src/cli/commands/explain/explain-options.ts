import { AppError } from '../../../kernel/errors.ts';
import { readChoice } from '../../read-choice.ts';
import { readWholeNumber } from '../../read-number-option.ts';

/** As commander gives them. */
export interface ExplainOptions {
  readonly har?: string;
  readonly request?: string;
  readonly status?: string;
  readonly response?: string;
  readonly spec?: readonly string[];
  readonly offline?: boolean;
  readonly history?: string;
  readonly check?: boolean;
  readonly probe?: boolean;
  readonly format?: string;
  readonly json?: boolean;
  readonly lang?: string;
  readonly out?: string;
}

const formats = ['text', 'md', 'json', 'sarif'] as const;
export type Format = (typeof formats)[number];

const languages = ['curl', 'ts', 'python'] as const;
export type Language = (typeof languages)[number];

/** Throws `bad-input` for a format that is none, and for two that contradict each other. */
export function readFormat({ format, json }: ExplainOptions): Format {
  const chosen = format === undefined ? undefined : readChoice('--format', format, formats);
  if (!json) return chosen ?? 'text';
  if (chosen === undefined || chosen === 'json') return 'json';
  throw new AppError('bad-input', `--json and --format ${chosen} contradict each other.`, {
    hint: 'Give one of them.',
  });
}

export function readLanguage({ lang }: ExplainOptions): Language {
  return lang === undefined ? 'curl' : readChoice('--lang', lang, languages);
}

export function readStatus({ status }: ExplainOptions): number | undefined {
  return status === undefined ? undefined : readWholeNumber('--status', status, { min: 100, max: 599 });
}

/**
 * Refuses what the shell has taken apart: a curl command without quotes arrives as many words, some of them options. Throws `bad-input` with how to
 * quote it, and for an option that is none.
 */
export function refuseLooseWords(words: readonly string[], refuse: (message: string) => never): void {
  const [first] = words;
  const isCurl = /^(?:.*\/)?curl(?:\.exe)?$/.test(first ?? '');
  if (isCurl || words.some((word) => /^https?:\/\//.test(word) && words.length > 1)) {
    throw new AppError(
      'bad-input',
      'The request came as several words: the shell has taken the command apart.',
      {
        hint: [
          "Put all of it in single quotes: donna explain 'curl …'.",
          "If it has single quotes itself, paste it after: donna explain - <<'END' and end with a line END.",
        ].join(' '),
      },
    );
  }
  const option = words.find((word) => word.startsWith('-') && word !== '-');
  if (option !== undefined) refuse(`error: unknown option '${option}'`);
  if (words.length > 1)
    refuse(`error: too many arguments for 'explain'. Expected 1 argument but got ${words.length}.`);
}
