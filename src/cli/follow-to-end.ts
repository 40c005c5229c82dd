import type { FollowCallEvent, FollowedCall, LiveMonitor, Outcome } from '../calls/index.ts';
import { printable } from '../kernel/printable.ts';
import type { Cli } from './cli.ts';
import { clockTime, reportLines } from './render/call-report.ts';
import { showCommand } from './render/show-command.ts';
import { styles } from './render/styles.ts';

interface FollowWorld {
  readonly sandbox: boolean;
  readonly followCall: (call: FollowedCall, signal?: AbortSignal) => AsyncGenerator<FollowCallEvent>;
  readonly monitor: Pick<LiveMonitor, 'watch'>;
}

/** Exit codes by outcome; ARCHITECTURE.md has the table. */
export function outcomeExitCode(outcome: Outcome): number {
  if (outcome.kind === 'answered') return 0;
  if (outcome.kind === 'unknown') return 6;
  return outcome.kind === 'failed' && outcome.connected ? 7 : 5;
}

/** Shows a call until it is over or the person has seen enough, and returns what `--json` adds. */
export async function followToEnd(
  cli: Cli,
  world: FollowWorld,
  call: FollowedCall & { live: boolean; json: boolean },
): Promise<Record<string, unknown>> {
  const style = styles(cli.color);
  let firstAt: number | undefined;
  const done = new AbortController();
  const watching = call.live ? watchLive(cli, world, call.conversationId, done.signal) : undefined;
  try {
    for await (const event of world.followCall(call, cli.interrupted)) {
      switch (event.kind) {
        case 'state':
          firstAt ??= event.at.getTime();
          cli.err(
            `${style.dim(clockTime((event.at.getTime() - firstAt) / 1000).padStart(5))} ${event.state}`,
          );
          break;
        case 'trouble':
          cli.err(`${style.warn('!')} ${printable(event.why)} Trying again …`);
          break;
        case 'lost':
          cli.setExitCode(6);
          cli.err(`${style.warn('?')} ${printable(event.why)} The call itself may go on.`);
          cli.err(`  ${style.dim('→')} Look again later: ${showCommand(call.conversationId, world)}`);
          return { followed: 'lost', why: event.why };
        case 'ended':
          cli.setExitCode(outcomeExitCode(event.report.outcome));
          if (!call.json) for (const line of reportLines(event.report, style)) cli.out(line);
          return { followed: 'ended', report: event.report };
      }
    }
    cli.err(
      `Stopped following. The call goes on; follow it again: ${showCommand(call.conversationId, world, true)}`,
    );
    cli.setExitCode(6);
    return { followed: 'stopped' };
  } finally {
    done.abort();
    await watching;
  }
}

async function watchLive(
  cli: Cli,
  world: FollowWorld,
  conversationId: string,
  signal: AbortSignal,
): Promise<void> {
  const style = styles(cli.color);
  const result = await world.monitor.watch(
    conversationId,
    ({ speaker, text }) => cli.err(`      ${style.bold(speaker)} ${printable(text, 4000)}`),
    signal,
  );
  if (result.kind === 'unavailable' && !signal.aborted) {
    cli.err(`${style.warn('!')} --live: ${printable(result.why)} The transcript comes at the end.`);
  }
}
