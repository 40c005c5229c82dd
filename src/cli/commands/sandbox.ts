import type { Command } from 'commander';
import { AppError } from '../../kernel/errors.ts';
import type { FailureExplanation } from '../../kernel/failure-explanation.ts';
import { nearest } from '../../kernel/nearest.ts';
import { printable } from '../../kernel/printable.ts';
import type { Cli } from '../cli.ts';
import { readJsonFile } from '../read-json-file.ts';
import { readWholeNumber } from '../read-number-option.ts';
import { failureExplanationLines } from '../render/failure-explanation.ts';
import { runningLines } from '../render/sandbox.ts';
import { styles } from '../render/styles.ts';
import { tableLines } from '../render/table.ts';

/** A sandbox that listens, and whom it lets in. */
export interface RunningSandbox {
  readonly url: string;
  readonly apiKey: string;
  readonly plan: string;
  readonly twilio: { readonly accountSid: string; readonly authToken: string };
  readonly agents: readonly { readonly id: string; readonly name: string }[];
  readonly lines: readonly { readonly id: string; readonly number: string; readonly provider: string }[];
  close(): Promise<void>;
}

/** A request that the sandbox refused, or of which it ignored a part. */
export interface RefusedRequest {
  readonly method: string;
  readonly path: string;
  readonly status?: number;
  readonly explanation: FailureExplanation | undefined;
}

/** What `donna sandbox` needs of the world. */
export interface SandboxWorld {
  readonly plans: readonly string[];
  readonly callees: readonly {
    readonly name: string;
    readonly suffixes: readonly string[];
    readonly summary: string;
  }[];
  readonly fidelity: readonly {
    readonly statement: string;
    readonly status: string;
    readonly source: string;
    readonly test: string;
  }[];
  /** Throws AppError for a port that is taken or a state that cannot be read. */
  start(options: {
    port: number;
    speed: number;
    plan: string | undefined;
    state: unknown;
    faultSeed: number | undefined;
    /** Told of each request that was refused, or of which a part was ignored. */
    refused: (request: RefusedRequest) => void;
  }): Promise<RunningSandbox>;
}

const DEFAULT_PORT = '4010';
const FASTEST = 1000;
/** A state keeps every call with its transcript. */
const MAX_STATE_BYTES = 16 * 1024 * 1024;

const help = `
The account lives as long as this process. A person who answers is chosen by the number: --callees lists them.
Faults, journal and callees over HTTP: /_sandbox/faults, /_sandbox/journal, /_sandbox/callees.
What is refused, or ignored in part, is told on stderr with the reason.

Examples:
  donna sandbox
  donna sandbox --port 4020 --plan enterprise --speed 10
  donna sandbox --callees`;

interface SandboxOptions {
  readonly port: string;
  readonly state?: string;
  readonly speed: string;
  readonly plan?: string;
  readonly faultSeed?: string;
  readonly callees?: boolean;
  readonly fidelity?: boolean;
  readonly json?: boolean;
}

export function declareSandbox(command: Command, cli: Cli, world: () => Promise<SandboxWorld>): void {
  command
    .description('run the sandbox on its own, for any client: ElevenLabs, Twilio and people who answer')
    .option('--port <number>', 'the port on 127.0.0.1; 0 takes a free one', DEFAULT_PORT)
    .option('--state <file>', 'start from this account instead of the demo account')
    .option('--speed <factor>', `how many times faster than life calls go, to ${FASTEST}`, '1')
    .option('--plan <name>', 'the plan of the account, such as creator or enterprise')
    .option('--fault-seed <number>', 'strike a fifth of the requests with faults, the same ones each time')
    .option('--callees', 'list who answers, and end')
    .option('--fidelity', 'list what is known, seen or guessed of the providers, and end')
    .option('--json', 'print one JSON object')
    .addHelpText('after', help)
    .action(async (options: SandboxOptions) => {
      const opened = await world();
      if (options.callees) showCallees(cli, opened, options.json ?? false);
      else if (options.fidelity) showFidelity(cli, opened, options.json ?? false);
      else await run(cli, opened, options);
    });
}

async function run(cli: Cli, world: SandboxWorld, options: SandboxOptions): Promise<void> {
  const style = styles(cli.color);
  const running = await world.start({
    port: readWholeNumber('--port', options.port, { min: 0, max: 65_535 }),
    speed: readSpeed(options.speed),
    plan: readPlan(options.plan, world.plans),
    state:
      options.state === undefined ? undefined : await readJsonFile('--state', options.state, MAX_STATE_BYTES),
    faultSeed:
      options.faultSeed === undefined
        ? undefined
        : readWholeNumber('--fault-seed', options.faultSeed, { min: 0, max: 999_999_999 }),
    refused({ method, path, status, explanation }) {
      cli.err(`${style.warn('!')} ${printable(`${method} ${path} → ${status ?? 'no reply'}`, 300)}`);
      if (explanation) for (const line of failureExplanationLines(explanation, style)) cli.err(line);
    },
  });
  try {
    const { close, ...facts } = running;
    if (options.json) cli.out(JSON.stringify({ sandbox: true, ...facts }));
    else for (const line of runningLines(running, style)) cli.out(line);
    cli.err('sandbox: no phone will ring. Ctrl-C ends it.');
    await aborted(cli.interrupted);
  } finally {
    await running.close();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function readSpeed(text: string): number {
  const speed = /^\d{1,4}(\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (speed >= 0.1 && speed <= FASTEST) return speed;
  throw new AppError(
    'bad-input',
    `--speed: "${printable(text, 60)}" is not a number from 0.1 to ${FASTEST}.`,
  );
}

function readPlan(text: string | undefined, plans: readonly string[]): string | undefined {
  if (text === undefined || plans.includes(text)) return text;
  const near = nearest(text, plans);
  throw new AppError('bad-input', `--plan: "${printable(text, 60)}" is not one of ${plans.join(', ')}.`, {
    hint: near ? `Did you mean ${near}?` : undefined,
  });
}

function showCallees(cli: Cli, { callees }: SandboxWorld, json: boolean): void {
  if (json) {
    cli.out(
      JSON.stringify({
        callees: callees.map(({ name, suffixes, summary }) => ({ name, suffixes, summary })),
      }),
    );
    return;
  }
  const rows = callees.map(({ name, suffixes, summary }) => [
    suffixes.map((suffix) => `555-${suffix}`).join(' ') || 'any other',
    name,
    summary,
  ]);
  for (const line of tableLines(['number', 'callee', 'what happens'], rows, styles(cli.color))) cli.out(line);
  cli.err('In any US area code, such as +12125550110.');
}

function showFidelity(cli: Cli, { fidelity }: SandboxWorld, json: boolean): void {
  if (json) {
    cli.out(JSON.stringify({ fidelity }));
    return;
  }
  const style = styles(cli.color);
  const kinds = [...new Set(fidelity.map(({ status }) => status))];
  for (const kind of kinds) {
    const rows = fidelity.filter(({ status }) => status === kind);
    cli.out(style.bold(`${kind} (${rows.length})`));
    for (const { statement, source } of rows) cli.out(`  ${statement} ${style.dim(`[${source}]`)}`);
  }
}
