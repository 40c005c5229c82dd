import type { Line } from '../../../calls/index.ts';
import type { EnvFile } from '../../env-file.ts';
import type { Prompter } from '../../prompter.ts';

export interface TwilioFacts {
  readonly name: string;
  readonly status: string;
  readonly type: string | undefined;
}

/** What `donna init` needs of the world. Reads throw AppError. */
export interface InitWorld {
  readonly prompter: Prompter;
  readonly envFile: EnvFile;
  /** What is configured now, from wherever it comes. */
  readonly current: {
    readonly apiKey: string | undefined;
    readonly twilio: { readonly accountSid: string; readonly authToken: string } | undefined;
  };
  /** Names that the environment sets: it goes over `.env`. */
  readonly inEnvironment: readonly string[];
  agents(apiKey: string): Promise<readonly { readonly id: string; readonly name: string }[]>;
  lines(apiKey: string): Promise<readonly Line[]>;
  twilioAccount(credentials: { accountSid: string; authToken: string }): Promise<TwilioFacts>;
  /** Whether git would take this file into a commit. */
  git(path: string): Promise<'ignored' | 'not-ignored' | 'no-repository'>;
  /** Runs `donna diagnose` with what was written. */
  diagnose(): Promise<void>;
  close(): Promise<void>;
}

/** What the person chose, by the name of the setting. */
export type Chosen = Record<string, string>;
