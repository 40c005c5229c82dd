import type { Command } from 'commander';
import { callStatuses, outcomeKinds } from '../../../api/fields.ts';
import { type AttemptRecord, attemptRecords, isOpen } from '../../../calls/index.ts';
import { AppError } from '../../../kernel/errors.ts';
import { printable } from '../../../kernel/printable.ts';
import type { ConversationSummary } from '../../../wire/elevenlabs/conversation.ts';
import type { Cli } from '../../cli.ts';
import { readWholeNumber } from '../../read-number-option.ts';
import { readSince } from '../../read-since.ts';
import { clockTime } from '../../render/call-report.ts';
import { showCommand } from '../../render/show-command.ts';
import { styles } from '../../render/styles.ts';
import { tableLines } from '../../render/table.ts';
import type { FindServer } from '../../service/service-api.ts';
import { attemptFacts } from './attempt.ts';
import type { CallsWorld, OpenCallsWorld } from './calls-world.ts';
import { listServedCalls, type ServedFilter } from './list-served.ts';
import { type OfServerOptions, ofServer } from './of-server.ts';

const DEFAULT_LIMIT = '20';
/** What ElevenLabs gives in one reply. */
const MOST = 100;

const help = `
With a server, its calls are listed, with how they ended. Without one, or with --local, the conversations of the account are: the list of ElevenLabs has neither number nor Call SID: they are shown for calls that were placed from this machine. How a
call ended is worked out from the whole of it: donna calls show <id>.

Examples:
  donna calls list
  donna calls list --agent agent_0123456789 --since 2h --limit 50 --json
  donna calls list --attempts`;

interface ListOptions extends OfServerOptions, ServedFilter {
  readonly agent?: string;
  readonly limit: string;
  readonly since?: string;
  readonly attempts?: boolean;
  readonly json?: boolean;
}

export function declareList(command: Command, cli: Cli, world: OpenCallsWorld, findServer: FindServer): void {
  command
    .description('list conversations, newest first, with what the journal here knows of them')
    .option('--agent <id>', 'calls of one agent')
    .option('--limit <count>', `how many, 1 to ${MOST}`, DEFAULT_LIMIT)
    .option('--since <time>', 'calls since then: 90m, 2h, 3d, or a date')
    .option('--attempts', 'list the journal of attempts on this machine instead')
    .option('--sandbox', 'calls of the sandbox')
    .option(
      '--url <url>',
      'the Donna server whose calls are listed (DONNA_URL); the one on this machine unless given',
    )
    .option('--local', 'list the conversations of the account, whatever server there is')
    .option('--status <status>', `of a server: ${callStatuses.join(', ')}`)
    .option('--outcome <outcome>', `of a server: ${outcomeKinds.join(', ')}`)
    .option('--to <number>', 'of a server: calls to one number')
    .option('--cursor <text>', 'of a server: the next page, as the page before names it')
    .option('--json', 'print one JSON object')
    .addHelpText('after', help)
    .action(async (options: ListOptions) => {
      const limit = readWholeNumber('--limit', options.limit, { min: 1, max: MOST });
      if (options.agent !== undefined && !/^[\w-]{1,200}$/.test(options.agent)) {
        throw new AppError('bad-input', '--agent: that is not the id of an agent.', {
          hint: `donna agents list${options.sandbox ? ' --sandbox' : ''} shows them.`,
        });
      }
      const { since } = options;
      const listed = await ofServer(
        cli,
        findServer,
        { ...options, local: options.local ?? options.attempts },
        async (server) => {
          const sinceMs = since === undefined ? undefined : readSince('--since', since, server.clock.now());
          await listServedCalls(cli, server, { agentId: options.agent, limit, sinceMs }, options);
          return true;
        },
      );
      if (listed) return;
      const opened = await world({ sandbox: options.sandbox ?? false });
      try {
        const sinceMs = since === undefined ? undefined : readSince('--since', since, opened.clock.now());
        if (opened.sandbox) cli.err('sandbox account');
        const filter = { agentId: options.agent, limit, sinceMs };
        await (options.attempts ? listAttempts : listCalls)(cli, opened, filter, options.json ?? false);
      } finally {
        await opened.close();
      }
    });
}

interface Filter {
  readonly agentId: string | undefined;
  readonly limit: number;
  readonly sinceMs: number | undefined;
}

async function listCalls(cli: Cli, world: CallsWorld, filter: Filter, json: boolean): Promise<void> {
  const { agentId, limit, sinceMs } = filter;
  const [conversations, entries] = await Promise.all([
    world.provider.conversations({
      limit,
      ...(agentId === undefined ? {} : { agentId }),
      ...(sinceMs === undefined ? {} : { startedAfterSecs: Math.floor(sinceMs / 1000) }),
    }),
    world.journal.read(),
  ]);
  const records = attemptRecords(entries);
  const ours = new Map(records.map((record) => [record.ids.conversationId, record]));
  const calls = conversations.map((one) => ({ summary: one, record: ours.get(one.conversation_id) }));
  const loose = matching(records, filter).filter(
    (record) => isOpen(record) && record.ids.conversationId === undefined,
  );
  if (json) {
    const { sandbox } = world;
    return cli.out(
      JSON.stringify({ sandbox, calls: calls.map(callFacts), openAttempts: loose.map(attemptFacts) }),
    );
  }
  const style = styles(cli.color);
  if (calls.length === 0)
    cli.err(sinceMs === undefined ? 'There is no call yet.' : 'There is no call since then.');
  else for (const line of tableLines(columns, calls.map(callRow), style)) cli.out(line);
  for (const record of loose) {
    cli.out(
      `${style.warn('?')} ${record.attempt} to ${printable(record.dialing.to)} at ${record.dialing.at}: ${record.state}, look: ${showCommand(record.attempt, world)}`,
    );
  }
  if (calls.length > 0) {
    cli.err('"ended" is as far as the list tells; it has no number, so "to" is known for calls placed here.');
  }
}

const columns = ['started', 'duration', 'status', 'ended', 'to', 'conversation', 'attempt'];

function callRow({ summary, record }: { summary: ConversationSummary; record: AttemptRecord | undefined }) {
  const { start_time_unix_secs: start, call_duration_secs: duration } = summary;
  return [
    start ? new Date(start * 1000).toISOString().replace('.000', '') : undefined,
    duration === null || duration === undefined ? undefined : clockTime(duration),
    summary.status,
    ended(summary, record),
    record?.dialing.to,
    summary.conversation_id,
    record?.attempt,
  ];
}

/** The journal's outcome was worked out from the whole call; the list's words are all there is for others. */
function ended(summary: ConversationSummary, record: AttemptRecord | undefined): string | undefined {
  if (summary.status !== 'done' && summary.status !== 'failed') return undefined;
  const outcome = record?.state === 'ended' ? record.note : undefined;
  if (outcome && outcome !== 'done' && outcome !== 'gone') return outcome;
  return summary.termination_reason || undefined;
}

function callFacts({ summary, record }: { summary: ConversationSummary; record: AttemptRecord | undefined }) {
  const { start_time_unix_secs: start } = summary;
  return {
    conversationId: summary.conversation_id,
    agentId: summary.agent_id,
    status: summary.status,
    startedAt: start ? new Date(start * 1000).toISOString() : undefined,
    durationSecs: summary.call_duration_secs ?? undefined,
    turns: summary.message_count ?? undefined,
    terminationReason: summary.termination_reason ?? undefined,
    goal: summary.call_successful ?? undefined,
    direction: summary.direction ?? undefined,
    attempt: record && attemptFacts(record),
  };
}

async function listAttempts(cli: Cli, world: CallsWorld, filter: Filter, json: boolean): Promise<void> {
  const attempts = matching(attemptRecords(await world.journal.read()), filter)
    .reverse()
    .slice(0, filter.limit);
  if (json) {
    return cli.out(JSON.stringify({ sandbox: world.sandbox, attempts: attempts.map(attemptFacts) }));
  }
  if (attempts.length === 0) return cli.err('The journal on this machine has no such attempt.');
  const rows = attempts.map(({ attempt, dialing, state, ids, note }) => [
    dialing.at,
    dialing.to,
    state,
    note,
    ids.conversationId,
    attempt,
  ]);
  const names = ['at', 'to', 'state', 'note', 'conversation', 'attempt'];
  for (const line of tableLines(names, rows, styles(cli.color))) cli.out(line);
}

function matching(records: readonly AttemptRecord[], { agentId, sinceMs }: Filter): AttemptRecord[] {
  return records.filter(
    ({ dialing }) =>
      (agentId === undefined || dialing.agentId === agentId) &&
      (sinceMs === undefined || Date.parse(dialing.at) >= sinceMs),
  );
}
