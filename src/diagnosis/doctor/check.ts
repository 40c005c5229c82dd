import type { Clock } from '../../kernel/clock.ts';
import type { Source } from '../../wire/operation.ts';
import type { Probe, ProbeReply, ProbeRequest } from './probe.ts';

/** What is configured, as far as the doctor looks at it. */
export interface DoctorSettings {
  readonly elevenlabs: {
    readonly baseUrl: string;
    readonly apiKey?: string;
    readonly agentId?: string;
    /** `phnum_…`, or a number as `+1…`. */
    readonly lineId?: string;
  };
  /** Set when any Twilio variable is. */
  readonly twilio?: { readonly baseUrl: string; readonly accountSid?: string; readonly authToken?: string };
  readonly webhookSecretSet: boolean;
}

export interface DoctorInput {
  readonly probe: Probe;
  readonly clock: Clock;
  readonly settings: DoctorSettings;
  /** The providers are the sandbox. */
  readonly sandbox: boolean;
  /** For the report: `donna`, `node`, `platform`. */
  readonly versions: Readonly<Record<string, string>>;
}

/** In the order of authority, as the wire has it; before all of it what the user has set, and what we conclude. */
type Authority = Source['by'] | 'setting';

export interface Statement {
  readonly text: string;
  readonly authority: Authority;
}

export interface CheckResult {
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped';
  /** In a line: what is, or why it was skipped. */
  readonly summary: string;
  readonly evidence: readonly Statement[];
  /** What follows from the result for someone who looks for a fault. */
  readonly follows?: string;
  /** The next step. Always there when failed. */
  readonly fix?: string;
  /** What a table of wrong and right shows in the report. */
  readonly differences?: readonly Difference[];
  /** For programs. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

export interface Difference {
  readonly what: string;
  readonly wrong: string;
  readonly right: string;
}

export interface CheckContext {
  readonly settings: DoctorSettings;
  readonly clock: Clock;
  readonly sandbox: boolean;
  /** One exchange; the same request is sent once in a run, however many checks ask. */
  ask(request: ProbeRequest): Promise<Answer>;
}

/** A reply and when it came, by the wall clock. */
export type Answer = ProbeReply & { readonly atMs: number };

/** A question about the account. */
export interface Check {
  /** Kebab-case; `--only` takes it. */
  readonly name: string;
  readonly title: string;
  /** Names of the checks without whose success this one says nothing. */
  readonly needs: readonly string[];
  run(context: CheckContext): Promise<CheckResult>;
}
