import type { Call } from '../../../api/call.ts';
import type { TimelineEntry } from '../../../api/timeline.ts';
import { AppError } from '../../../kernel/errors.ts';
import { printable } from '../../../kernel/printable.ts';
import type { Cli } from '../../cli.ts';
import { minuteText } from '../../render/minute-text.ts';
import { callExitCode, callFacts, endLines } from '../../render/served-call.ts';
import { styles } from '../../render/styles.ts';
import { timelineLines } from '../../render/timeline.ts';
import type { Service } from '../../service/service-api.ts';
import { followServedCall, type ReadReport } from '../call/follow-served-call.ts';

const PAGE = 1000;

/** The call of the server behind an id of any kind; `undefined` when the server has none. */
export async function findServedCall({ api }: Service, id: string): Promise<Call | undefined> {
  if (!/^[\w.:@+-]{1,200}$/.test(id)) return undefined;
  try {
    return await api.getCall(id);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return undefined;
    throw error;
  }
}

/** Shows a call of the server: how it stands or ended, what was said where that can be read, and its timeline. */
export async function showServedCall(
  cli: Cli,
  server: Service,
  found: Call,
  options: { readonly watch?: boolean; readonly json?: boolean; readonly readReport: ReadReport },
): Promise<void> {
  const style = styles(cli.color);
  const facts = { sandbox: server.sandbox, server: server.url };
  if (options.watch && found.status !== 'ended') {
    const watch = { ...options, wait: true, queue: true };
    const { call, followed, report, exitCode } = await followServedCall(cli, server, found, watch);
    cli.setExitCode(exitCode ?? callExitCode(call));
    if (options.json)
      cli.out(JSON.stringify({ ...facts, status: call.status, ...callFacts(call, report), followed }));
    return;
  }
  const [timeline, report] = await Promise.all([
    readTimeline(server, found.id),
    found.status === 'ended' ? options.readReport(found) : undefined,
  ]);
  cli.setExitCode(callExitCode(found));
  if (options.json) {
    const { status, to } = found;
    return cli.out(
      JSON.stringify({ ...facts, status, to, ...callFacts(found, report), record: found, timeline }),
    );
  }
  for (const line of headLines(found)) cli.out(line);
  for (const line of endLines(found, report, style)) cli.out(line);
  cli.out('');
  for (const line of timelineLines(timeline, style)) cli.out(line);
  if (found.status === 'needs-person')
    cli.err(`Somebody who knows decides how it ended: donna calls resolve ${found.id} <decision>`);
}

function headLines(call: Call): string[] {
  const { line, to, conversationId, callSid, sipCallId } = call;
  const next = minuteText(call.dueAt);
  const held = call.heldBy ? `, held by the gate (${printable(call.heldBy)})` : '';
  return [
    `${call.id}: ${call.status}, attempt ${call.attemptNumber}`,
    `${printable(line.number)} → ${printable(to ?? 'forgotten')} by agent ${printable(call.agentId)}`,
    `Asked for: ${minuteText(call.createdAt)} (${printable(call.origin)}, key ${printable(call.keyId)})`,
    ...(next && call.status === 'scheduled' ? [`Due: ${next}${held}`] : []),
    ...(conversationId ? [`Conversation ID: ${printable(conversationId)}`] : []),
    ...(callSid ? [`Call SID: ${printable(callSid)}`] : []),
    ...(sipCallId ? [`SIP call id: ${printable(sipCallId)}`] : []),
    ...Object.entries(call.metadata).map(([name, value]) => `${printable(name)}: ${printable(value)}`),
  ];
}

async function readTimeline({ api }: Service, id: string): Promise<TimelineEntry[]> {
  const all: TimelineEntry[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page = await api.getTimeline(id, { after, limit: PAGE });
    all.push(...page.items);
    after = page.items.length > 0 ? page.nextAfter : null;
  }
  return all;
}
