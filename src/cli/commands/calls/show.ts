import type { Command } from 'commander';
import {
  type AttemptRecord,
  type CallReport,
  isFinalCarrierStatus,
  outcomeOf,
} from '../../../calls/index.ts';
import { AppError } from '../../../kernel/errors.ts';
import { printable } from '../../../kernel/printable.ts';
import type { Conversation } from '../../../wire/elevenlabs/conversation.ts';
import type { TwilioCall } from '../../../wire/twilio/call.ts';
import type { Cli } from '../../cli.ts';
import { followToEnd, outcomeExitCode } from '../../follow-to-end.ts';
import { reportLines } from '../../render/call-report.ts';
import { dashboardLink } from '../../render/dashboard.ts';
import { showCommand } from '../../render/show-command.ts';
import { styles } from '../../render/styles.ts';
import type { FindServer } from '../../service/service-api.ts';
import { createReadReport } from '../call/read-report.ts';
import { attemptFacts, attemptLines } from './attempt.ts';
import type { CallsWorld, OpenCallsWorld } from './calls-world.ts';
import { type FoundCall, findCall } from './find-call.ts';
import { type OfServerOptions, ofServer } from './of-server.ts';
import { findServedCall, showServedCall } from './show-served.ts';

const help = `
Ids: conv_… (conversation), CA… (Twilio's Call SID), att_… (an attempt), call_… (a call of the server). A server is asked first and
shows the timeline; what it does not know is looked for in the account and in the journal on this machine.
The transcript comes at the end of a call: until then the provider gives none.

Exit codes of a call that is over: 0 answered · 5 not reached · 7 failed while connected · 6 unknown
Others: 0 it still runs · 4 it was not placed · 6 unknown whether it was placed

Examples:
  donna calls show conv_0123456789
  donna calls show att_01J8Z3 --json
  donna calls show CA00000000000000000000000000000000 --watch`;

interface ShowOptions extends OfServerOptions {
  readonly watch?: boolean;
  readonly json?: boolean;
}

export function declareShow(command: Command, cli: Cli, world: OpenCallsWorld, findServer: FindServer): void {
  command
    .description('show a call: what was said, how it ended, what it cost')
    .argument('<id>', 'conv_…, CA… or att_…; call_… with a server')
    .option('--watch', 'follow it to its end')
    .option('--sandbox', 'a call of the sandbox')
    .option('--url <url>', 'the Donna server to ask first (DONNA_URL); the one on this machine unless given')
    .option('--local', 'ask the account and the journal here, whatever server there is')
    .option('--json', 'print one JSON object')
    .addHelpText('after', help)
    .action(async (id: string, options: ShowOptions) => {
      const shown = await ofServer(cli, findServer, options, async (server) => {
        const call = await findServedCall(server, id);
        if (!call) return false;
        await showServedCall(cli, server, call, { ...options, readReport: createReadReport(server, world) });
        return true;
      });
      if (shown) return;
      const opened = await world({ sandbox: options.sandbox ?? false });
      try {
        if (opened.sandbox) cli.err('sandbox account');
        await show(cli, opened, await findCall(opened, id), options);
      } finally {
        await opened.close();
      }
    });
}

async function show(cli: Cli, world: CallsWorld, found: FoundCall, options: ShowOptions): Promise<void> {
  const style = styles(cli.color);
  if (found.kind === 'conversation') return showConversation(cli, world, found, options);
  if (found.kind === 'carrier-only') return showCarrierCall(cli, world, found.call, found.why, options);
  const { record } = found;
  cli.setExitCode(found.kind === 'unknown' ? 6 : 4);
  if (options.json) {
    const looked = found.kind === 'unknown' ? { looked: found.looked } : {};
    cli.out(
      JSON.stringify({ sandbox: world.sandbox, status: found.kind, ...attemptFacts(record), ...looked }),
    );
    return;
  }
  for (const line of attemptLines(found, style, world)) cli.out(line);
}

async function showConversation(
  cli: Cli,
  world: CallsWorld,
  found: Extract<FoundCall, { kind: 'conversation' }>,
  options: ShowOptions,
): Promise<void> {
  const style = styles(cli.color);
  const { conversationId, callSid, record } = found;
  const conversation = await world.provider.conversation(conversationId);
  if (!conversation) throw gone(world, conversationId, record);
  if (found.adopted) cli.err(`The attempt was placed after all, and is ${printable(conversationId)}.`);

  const base = {
    sandbox: world.sandbox,
    conversationId,
    ...(record ? { attempt: record.attempt } : {}),
    dashboard: dashboardLink(conversationId),
  };
  const followed = { conversationId, callSid, attempt: openAttempt(found) };
  const over = conversation.status === 'done' || conversation.status === 'failed';
  if (options.watch && !over) {
    const end = await followToEnd(cli, world, { ...followed, live: false, json: options.json ?? false });
    if (options.json) cli.out(JSON.stringify({ ...base, ...end }));
    return;
  }
  if (!over) return showRunning(cli, world, conversation, base, options);

  const read = await readReport(cli, world, followed);
  if (read.kind === 'unread') {
    cli.setExitCode(6);
    cli.err(`${style.warn('?')} ${printable(read.why)}`);
    cli.err(`  ${style.dim('→')} Look again: ${showCommand(conversationId, world)}`);
    const { status } = conversation;
    if (options.json) cli.out(JSON.stringify({ ...base, status, followed: read.followed, why: read.why }));
    return;
  }
  const { report } = read;
  cli.setExitCode(outcomeExitCode(report.outcome));
  if (options.json) return cli.out(JSON.stringify({ ...base, status: conversation.status, report }));
  cli.out(style.bold(printable(conversationId)));
  for (const line of headLines(report)) cli.out(line);
  for (const line of reportLines(report, style)) cli.out(line);
  cli.out(base.dashboard);
}

type ReadReport =
  | { readonly kind: 'read'; readonly report: CallReport }
  | { readonly kind: 'unread'; readonly followed: 'lost' | 'stopped'; readonly why: string };

/** The way of following, which also reads the carrier and writes the journal's end, without its states. */
async function readReport(
  cli: Cli,
  world: CallsWorld,
  call: Parameters<CallsWorld['followCall']>[0],
): Promise<ReadReport> {
  for await (const event of world.followCall(call, cli.interrupted)) {
    if (event.kind === 'trouble') cli.err(`! ${printable(event.why)}`);
    if (event.kind === 'ended') return { kind: 'read', report: event.report };
    if (event.kind === 'lost') return { kind: 'unread', followed: 'lost', why: event.why };
  }
  return { kind: 'unread', followed: 'stopped', why: 'Stopped before the call was read whole.' };
}

function headLines({ from, to, startedAt, callSid, sipCallId }: CallReport): string[] {
  return [
    ...(to ? [`${printable(from ?? 'unknown')} → ${printable(to)}`] : []),
    ...(startedAt ? [`Started: ${startedAt.toISOString()}`] : []),
    ...(callSid ? [`Call SID: ${printable(callSid)}`] : []),
    ...(sipCallId ? [`SIP call id: ${printable(sipCallId)}`] : []),
  ];
}

async function showRunning(
  cli: Cli,
  world: CallsWorld,
  conversation: Conversation,
  base: Readonly<Record<string, unknown>>,
  options: ShowOptions,
): Promise<void> {
  const { conversation_id: id, status, metadata } = conversation;
  const sid = metadata.phone_call?.call_sid;
  const carrierCall = sid?.startsWith('CA') ? await world.carrier?.call(sid) : undefined;
  if (options.json) {
    const carrier = carrierCall ? { callSid: carrierCall.sid, carrierStatus: carrierCall.status } : {};
    return cli.out(
      JSON.stringify({ ...base, status, to: metadata.phone_call?.external_number ?? undefined, ...carrier }),
    );
  }
  cli.out(`${printable(id)} is not over: ${printable(status)}`);
  if (metadata.phone_call?.external_number) cli.out(`To: ${printable(metadata.phone_call.external_number)}`);
  if (carrierCall) cli.out(`Twilio says: ${printable(carrierCall.status)}`);
  cli.out('The transcript comes at the end of the call.');
  cli.out(`Follow it: ${showCommand(printable(id), world, true)}`);
}

function showCarrierCall(
  cli: Cli,
  world: CallsWorld,
  call: TwilioCall,
  why: string,
  options: ShowOptions,
): void {
  const over = isFinalCarrierStatus(call.status);
  const outcome = over ? outcomeOf(undefined, call) : undefined;
  if (outcome) cli.setExitCode(outcomeExitCode(outcome));
  if (options.json) {
    const { sid, status, from, to, start_time, end_time, duration } = call;
    const carrier = { callSid: sid, carrierStatus: status, from, to, start_time, end_time, duration };
    cli.out(JSON.stringify({ sandbox: world.sandbox, status: 'carrier-only', ...carrier, why, outcome }));
    return;
  }
  cli.out(
    `${printable(call.sid)}: ${printable(call.from ?? 'unknown')} → ${printable(call.to ?? 'unknown')}`,
  );
  cli.out(`Twilio says: ${printable(call.status)}${call.duration ? `, ${printable(call.duration)} s` : ''}`);
  if (outcome) cli.out(outcome.sentence);
  cli.out(why);
}

/** An end is written once: the journal passes over what follows it. */
function openAttempt({ record, adopted }: { record: AttemptRecord | undefined; adopted: boolean }) {
  return adopted || record?.state === 'accepted' ? record?.attempt : undefined;
}

function gone(world: CallsWorld, conversationId: string, record: AttemptRecord | undefined): AppError {
  return new AppError('not-found', `ElevenLabs has no conversation ${conversationId}.`, {
    hint: record
      ? 'It was placed from here: it may appear in a moment, have been deleted, or belong to a workspace that keeps none.'
      : `List what there is: donna calls list${world.sandbox ? ' --sandbox' : ''}. It may belong to another account, or have been deleted.`,
  });
}
