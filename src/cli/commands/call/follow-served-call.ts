import type { Call } from '../../../api/call.ts';
import type { TimelineEntry } from '../../../api/timeline.ts';
import type { CallReport } from '../../../calls/index.ts';
import type { FailureExplanation } from '../../../kernel/failure-explanation.ts';
import { printable } from '../../../kernel/printable.ts';
import type { Cli } from '../../cli.ts';
import { readFailureExplanation } from '../../render/failure-explanation.ts';
import { endLines } from '../../render/served-call.ts';
import { type Styles, styles } from '../../render/styles.ts';
import type { Service } from '../../service/service-api.ts';
import { handleHeld, isHeld } from './handle-held.ts';
import { createProgress, type Progress } from './progress.ts';
import { stopFollowing } from './stop-following.ts';

/** A call that finds a free line and place is dialled in less than a second. */
const PATIENCE_MS = 4_000;

/** What was said in a call that is over, where the account can be read from here; `undefined` otherwise. */
export type ReadReport = (call: Call) => Promise<CallReport | undefined>;

export interface FollowOptions {
  /** Stop once the provider has accepted it. */
  readonly wait: boolean;
  /** Leave it for later when the gate postpones it. */
  readonly queue?: boolean;
  readonly json?: boolean;
  readonly readReport: ReadReport;
}

export interface ServedEnd {
  readonly call: Call;
  readonly status: 'accepted' | 'scheduled' | 'refused' | 'not-placed' | 'unknown';
  /** `undefined` where it was not to be followed. */
  readonly followed: 'ended' | 'stopped' | 'held' | 'needs-person' | undefined;
  readonly report?: CallReport | undefined;
  /** Why the provider refused its last dial. */
  readonly explanation?: FailureExplanation | undefined;
  /** Where it is not the outcome that decides. */
  readonly exitCode?: number;
}

/** Shows a call of the server until it is over, held up, or the person has seen enough. */
export async function followServedCall(
  cli: Cli,
  server: Service,
  call: Call,
  options: FollowOptions,
): Promise<ServedEnd> {
  const style = styles(cli.color);
  const progress = createProgress(cli, call, {
    style,
    json: options.json ?? false,
    sandbox: server.sandbox ?? false,
  });
  const stopWaiting = server.clock.schedule(PATIENCE_MS, () => {
    if (!progress.dialled) cli.err(`It waits for its turn in the queue of the server: ${call.id}.`);
  });
  let explanation: FailureExplanation | undefined;
  try {
    for await (const event of server.api.followCall(call.id, { signal: cli.interrupted })) {
      if (event.kind === 'end') return { ...(await over(cli, event.call, options, style)), explanation };
      const { entry } = event;
      if (isHeld(entry)) {
        const end = await handleHeld(cli, server, call, entry, options);
        if (end) return end;
        continue;
      }
      progress.show(entry);
      if (entry.kind === 'replied') explanation = readFailureExplanation(entry.data.explanation);
      if (options.wait === false && progress.accepted) return await waitNoLonger(server, call);
      const asked = await needsPerson(cli, server, progress, entry, style);
      if (asked) return asked;
    }
  } finally {
    stopWaiting();
  }
  return stopFollowing(cli, server, call, options);
}

async function over(cli: Cli, call: Call, options: FollowOptions, style: Styles): Promise<ServedEnd> {
  const report = call.conversationId === null ? undefined : await options.readReport(call);
  const status = statusOf(call);
  const say = options.json || status === 'refused' || status === 'not-placed' ? cli.err : cli.out;
  // With --json stdout holds one object and nothing else, and the report is in it.
  if (!options.json) for (const line of endLines(call, report, style)) say(line);
  return { call, status, followed: 'ended', report };
}

/** What became of the dial, as a call without a server says it. */
function statusOf(call: Call): ServedEnd['status'] {
  if (call.attempts.some(({ conversationId, callSid }) => conversationId ?? callSid)) return 'accepted';
  if (call.outcome?.kind === 'unknown') return 'unknown';
  return call.attempts.every(({ committedAt }) => committedAt === null) ? 'refused' : 'not-placed';
}

async function waitNoLonger(server: Service, { id }: Call): Promise<ServedEnd> {
  return { call: await server.api.getCall(id), status: 'accepted', followed: undefined, exitCode: 0 };
}

/** After some entries nothing more is learnt by waiting, and a person has to say how it ended. */
async function needsPerson(
  cli: Cli,
  server: Service,
  progress: Progress,
  entry: TimelineEntry,
  style: Styles,
): Promise<ServedEnd | undefined> {
  if (entry.kind !== 'quiet' && entry.kind !== 'lost') return undefined;
  const call = await server.api.getCall(progress.callId);
  if (call.status !== 'needs-person') return undefined;
  const why = typeof entry.data.why === 'string' ? printable(entry.data.why) : '';
  cli.err(`${style.warn('?')} It is unknown how the call ended. ${why}`);
  cli.err(
    `  ${style.dim('→')} Somebody who knows decides: donna calls resolve ${call.id} <redial|answered|voicemail|no-answer|busy|declined|failed>`,
  );
  return { call, status: progress.accepted ? 'accepted' : 'unknown', followed: 'needs-person', exitCode: 6 };
}
