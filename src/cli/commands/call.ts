import type { Command } from 'commander';
import {
  type CallRequest,
  type CarrierRecords,
  type FollowCallEvent,
  type FollowedCall,
  type LiveMonitor,
  type OpenAttempt,
  type PlaceCall,
  type Placement,
  repetitionWords,
} from '../../calls/index.ts';
import { AppError } from '../../kernel/errors.ts';
import type { ExplainFailure, FailureExplanation } from '../../kernel/failure-explanation.ts';
import type { Cli } from '../cli.ts';
import { followToEnd } from '../follow-to-end.ts';
import { type CallOptions, type ReadCallRequest, readCallRequest } from '../read-call-request.ts';
import { failureExplanationLines } from '../render/failure-explanation.ts';
import { findingLines } from '../render/findings.ts';
import { placementJson, placementLines } from '../render/placement.ts';
import { showCommand } from '../render/show-command.ts';
import { styles } from '../render/styles.ts';
import type { FindServer, Service } from '../service/service-api.ts';
import type { ServerCallOptions } from './call/place-on-server.ts';
import { createReadReport } from './call/read-report.ts';

/** What `donna call` needs of the world. */
export interface CallWorld {
  /** The world is pretended: no phone rings. */
  readonly sandbox: boolean;
  readonly defaults: { readonly agentId: string | undefined; readonly from: string | undefined };
  readonly placeCall: PlaceCall;
  readonly followCall: (call: FollowedCall, signal?: AbortSignal) => AsyncGenerator<FollowCallEvent>;
  /** What an earlier run left open, looked for again. */
  readonly reconcileOpen: () => Promise<readonly OpenAttempt[]>;
  readonly carrier: CarrierRecords | undefined;
  readonly monitor: Pick<LiveMonitor, 'watch'>;
  readonly explainFailure: ExplainFailure;
  close(): Promise<void>;
}

const exitCodes = `
Exit codes: 0 answered, or accepted with --no-wait · 2 bad input · 3 refused by guard or preflight · 4 not placed ·
5 not reached (busy, no answer, declined, voicemail) · 6 unknown, or no longer followed · 7 failed while connected

A Donna server on this machine (donna serve), or at DONNA_URL, places the call: through its gate, in its queue, kept in its timeline.
Held up by the gate, it is cancelled unless --queue or you say otherwise. --bypass lifts a rule, with a reason.

Variables: --var over --var-json over --vars over the file of --client-data. --var is always a string.

Examples:
  donna call +12125550142                                    in the sandbox, when no key is set
  donna call +12125550142 --var customer_name=Ada --json
  donna call +12125550142 --client-data data.json --no-wait`;

export function declareCall(
  command: Command,
  cli: Cli,
  world: (choice: { sandbox: boolean }) => Promise<CallWorld>,
  findServer: FindServer = async () => undefined,
): void {
  const collect = (value: string, all: string[]) => [...all, value];
  command
    .description('place an outbound call and follow it to its end')
    .argument('<number>', 'the number to call, in E.164 such as +12125550142')
    .option('--var <name=value>', 'a dynamic variable, as a string (repeatable)', collect, [])
    .option(
      '--var-json <name=json>',
      'a dynamic variable that is a number or true/false (repeatable)',
      collect,
      [],
    )
    .option('--vars <file>', 'a JSON object of dynamic variables')
    .option('--agent <id>', 'the agent that speaks (ELEVENLABS_AGENT_ID)')
    .option('--from <line>', 'the line: phnum_… or its number (ELEVENLABS_PHONE_NUMBER_ID)')
    .option('--user-id <id>', 'your own id for the callee; the attempt id unless given')
    .option('--client-data <file>', 'the whole conversation_initiation_client_data as JSON')
    .option('--override <file>', 'conversation_config_override as JSON')
    .option('--ring-timeout <seconds>', 'how long the phone may ring, 1 to 999')
    .option('--detect-machine', 'let Twilio listen for an answering machine')
    .option('--record', 'let Twilio record the call')
    .option('--no-wait', 'return when the call is accepted')
    .option('--no-preflight', 'skip the checks before the dial (never the guard)')
    .option('--again', 'dial although the same call is open or was just placed')
    .option('--sandbox', 'call in the sandbox, whatever is configured')
    .option('--live', 'show what is said while it is said (enterprise accounts)')
    .option('--json', 'print one JSON object at the end')
    .option(
      '--url <url>',
      'the Donna server that places it (DONNA_URL); the one on this machine unless given',
    )
    .option('--local', 'place it from here, whatever server there is')
    .option('--queue', 'with a server: leave it for later when the gate postpones it')
    .option('--retry', 'with a server: let it try again when nobody is reached')
    .option('--bypass <rule=reason>', 'with a server: pass window, suppression or budget', collect, [])
    .addHelpText('after', exitCodes)
    .action(async (number: string, options: Options) => {
      const request = await readCallRequest(number, options);
      if (options.local && options.url !== undefined)
        throw new AppError('bad-input', '--local and --url exclude each other.');
      const sandbox = options.sandbox ?? false;
      const server = options.local ? undefined : await findServer({ url: options.url, sandbox });
      if (server) return callOnServer(cli, server, request, options, world);
      const [unused] = serverOnly.filter((name) => [options[name]].flat().some(Boolean));
      if (unused) cli.err(`! --${unused}: no server places this call, and there is nothing for it to do.`);
      const opened = await world({ sandbox });
      if (opened.sandbox) cli.err('sandbox: no phone will ring');
      try {
        await placeAndFollow(cli, opened, request, options);
      } finally {
        if (opened.sandbox) cli.err('sandbox: no phone rang');
        await opened.close();
      }
    });
}

interface Options extends CallOptions, ServerCallOptions {
  readonly sandbox?: boolean;
  readonly url?: string;
  readonly local?: boolean;
  readonly bypass: readonly string[];
}

/** What only a server does. */
const serverOnly = ['queue', 'retry', 'bypass'] as const satisfies readonly (keyof Options)[];

async function callOnServer(
  cli: Cli,
  server: Service,
  request: ReadCallRequest,
  options: Options,
  world: (choice: { sandbox: boolean }) => Promise<CallWorld>,
): Promise<void> {
  const { placeOnServer } = await import('./call/place-on-server.ts');
  if (server.sandbox) cli.err('sandbox: no phone will ring');
  try {
    await placeOnServer(cli, server, request, options, createReadReport(server, world));
  } finally {
    if (server.sandbox) cli.err('sandbox: no phone rang');
    await server.close();
  }
}

async function placeAndFollow(
  cli: Cli,
  world: CallWorld,
  parsed: Awaited<ReturnType<typeof readCallRequest>>,
  options: CallOptions & { json?: boolean },
): Promise<void> {
  const style = styles(cli.color);
  await reportOpen(cli, world);

  const request: CallRequest = {
    ...parsed.request,
    agentId: parsed.request.agentId ?? world.defaults.agentId,
    from:
      parsed.request.from ??
      (world.defaults.from === undefined ? undefined : parsed.lineOf(world.defaults.from)),
    signal: cli.interrupted,
    repeat: options.again
      ? 'allow'
      : !cli.interactive || options.json
        ? 'refuse'
        : async ({ earlier, why }) => {
            cli.err(
              `The same call ${repetitionWords[why]} (${earlier.ids.conversationId ?? earlier.attempt}).`,
            );
            return (await cli.confirm('Dial once more?')) === true;
          },
  };
  const onInterrupt = () => {
    if (dialling) cli.err('The request is on its way and cannot be taken back; waiting for its answer …');
  };
  let dialling = false;
  cli.interrupted.addEventListener('abort', onInterrupt, { once: true });
  const placement = await world.placeCall(request, (event) => {
    if (event.kind === 'warnings') for (const line of findingLines(event.findings, style)) cli.err(line);
    if (event.kind === 'dialing') {
      dialling = true;
      const agent = event.agentName ? `${event.agentName} (${event.agentId})` : event.agentId;
      cli.err(
        `Calling ${request.to.number} from ${event.line.number} (${event.line.provider}) by agent ${agent} …`,
      );
    }
    if (event.kind === 'reconciling') cli.err(`${event.why} Looking for the call …`);
  });

  cli.interrupted.removeEventListener('abort', onInterrupt);

  // After the journal has it: what became of the dial is on the disk before anything is looked up.
  const explanation = await explanationOf(placement, world);
  const json = {
    ...placementJson(placement, request, world.sandbox),
    ...(explanation ? { explanation } : {}),
  };
  const exit = { refused: 3, 'not-placed': 4, unknown: 6, accepted: 0 }[placement.kind];
  const unfollowable =
    placement.kind === 'accepted' && !placement.ids.conversationId && options.wait !== false;
  cli.setExitCode(unfollowable ? 6 : exit);
  const lines = [
    ...placementLines(placement, style, world),
    ...(explanation ? failureExplanationLines(explanation, style) : []),
  ];
  const show = placement.kind === 'accepted' ? cli.out : cli.err;
  // With --json stdout holds one object and nothing else; what a person wants early goes to stderr.
  for (const line of lines) (options.json ? cli.err : show)(line);

  if (placement.kind !== 'accepted' || !placement.ids.conversationId || options.wait === false) {
    if (options.json) cli.out(JSON.stringify(json));
  } else {
    const followed = await followToEnd(cli, world, {
      conversationId: placement.ids.conversationId,
      callSid: placement.ids.callSid,
      attempt: placement.attempt,
      ringingTimeoutSecs: request.telephony?.ringing_timeout_secs,
      live: options.live ?? false,
      json: options.json ?? false,
    });
    if (options.json) cli.out(JSON.stringify({ ...json, ...followed }));
  }
}

/** Of a dial that a request of ours was refused for. */
async function explanationOf(
  placement: Placement,
  { explainFailure }: CallWorld,
): Promise<FailureExplanation | undefined> {
  if (placement.kind !== 'not-placed' && placement.kind !== 'unknown') return undefined;
  const { exchange } = placement.reply;
  return exchange && explainFailure(exchange);
}

async function reportOpen(cli: Cli, world: CallWorld): Promise<void> {
  for (const { record, looked } of await world.reconcileOpen()) {
    const { attempt } = record;
    if (looked.kind === 'found') {
      cli.err(
        `An earlier attempt (${attempt}) was placed after all: ${showCommand(looked.ids.conversationId ?? attempt, world)}`,
      );
    } else {
      cli.err(
        `It is still unknown whether an earlier attempt (${attempt}) was placed: ${showCommand(attempt, world)}`,
      );
    }
  }
}
