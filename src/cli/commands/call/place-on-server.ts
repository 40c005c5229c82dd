import { createHash } from 'node:crypto';
import type { CreatedCall } from '../../../api/call.ts';
import type { NewCallInput } from '../../../api/new-call.ts';
import { printable } from '../../../kernel/printable.ts';
import type { Cli } from '../../cli.ts';
import type { CallOptions, ReadCallRequest } from '../../read-call-request.ts';
import { stopSentence } from '../../render/dialling.ts';
import { findingLines } from '../../render/findings.ts';
import { callExitCode, callFacts } from '../../render/served-call.ts';
import { showCommand } from '../../render/show-command.ts';
import { styles } from '../../render/styles.ts';
import type { Service, SubmittedCall } from '../../service/service-api.ts';
import { followServedCall, type ReadReport } from './follow-served-call.ts';
import { newCallOf, readBypass } from './new-call.ts';

/** What `donna call` takes besides when a server places the call. */
export interface ServerCallOptions {
  readonly bypass: readonly string[];
  readonly retry?: boolean;
  readonly queue?: boolean;
  readonly json?: boolean;
}

/**
 * Places a call through the server and follows it. The server's gate, its queue and its timeline hold for it; the lines, the report and the
 * exit codes are those of a call without a server.
 */
export async function placeOnServer(
  cli: Cli,
  server: Service,
  parsed: ReadCallRequest,
  options: CallOptions & ServerCallOptions,
  readReport: ReadReport,
): Promise<void> {
  const style = styles(cli.color);
  const { defaults } = server;
  const from = defaults.from === undefined ? undefined : parsed.lineOf(defaults.from);
  const asked = newCallOf(
    {
      ...parsed.request,
      agentId: parsed.request.agentId ?? defaults.agentId,
      from: parsed.request.from ?? from,
    },
    { bypass: readBypass(options.bypass), retry: options.retry ?? false },
  );
  const facts = { sandbox: server.sandbox, server: server.url, to: asked.to };
  cli.err(`Through the server at ${server.url}; --local keeps a call off it.`);
  if (options.live) cli.err('! --live: what is said shows here only with --local.');
  if (!options.preflight) cli.err('! --no-preflight: the server checks all the same.');

  const submitted =
    (await refuseStopped(server, asked, options)) ?? (await submit(cli, server, asked, options));
  if (submitted.kind !== 'submitted') {
    const { code, findings } = submitted;
    cli.setExitCode(3);
    for (const line of findingLines(findings, style)) cli.err(line);
    if (findings.length === 0) cli.err(`${style.bad('✗')} ${printable(submitted.detail)}`);
    cli.err('Nothing was dialled.');
    const refusal = { refusedBy: code, findings, earlierCall: submitted.earlier?.id };
    if (options.json) cli.out(JSON.stringify({ ...facts, status: 'refused', ...refusal }));
    return;
  }
  const { warnings, ...call } = submitted.call;
  for (const line of findingLines(warnings, style)) cli.err(line);
  if (options.queue && options.wait === false) {
    const dialling = await server.api.readDialling();
    if (dialling.stopped) cli.err(`! ${stopSentence(dialling)}`);
    cli.err(`It is in the queue: donna calls show ${call.id}; donna calls cancel ${call.id} takes it out.`);
    if (options.json)
      cli.out(JSON.stringify({ ...facts, ...callFacts(call, undefined), status: call.status, warnings }));
    return;
  }
  const end = await followServedCall(cli, server, call, { ...options, readReport });
  cli.setExitCode(end.exitCode ?? callExitCode(end.call));
  if (!options.json) return;
  const { report, followed, status, explanation } = end;
  cli.out(
    JSON.stringify({ ...facts, status, ...callFacts(end.call, report), explanation, warnings, followed }),
  );
}

type Submitted =
  | { readonly kind: 'submitted'; readonly call: CreatedCall }
  | (Omit<Extract<SubmittedCall, { kind: 'refused' }>, 'code'> & {
      readonly code: string;
      readonly earlier?: CreatedCall;
    });

/** While all dialling is stopped nothing is claimed, so that the gate has no word for a call that waits. */
async function refuseStopped(
  { api }: Service,
  asked: NewCallInput,
  { queue }: { readonly queue?: boolean },
): Promise<Submitted | undefined> {
  const dialling = await api.readDialling();
  if (!dialling.stopped || queue) return undefined;
  const evidence = stopSentence(dialling);
  const fix = 'donna resume lets it dial again; with --queue the call is dialled then.';
  const finding = { rule: 'stop', severity: 'error', where: asked.to, evidence, fix } as const;
  return { kind: 'refused', code: 'gate', detail: evidence, findings: [finding] };
}

/** One intent, one call: the same call again is refused, unless the person means it. */
async function submit(
  cli: Cli,
  server: Service,
  asked: NewCallInput,
  options: { readonly again?: boolean; readonly json?: boolean },
): Promise<Submitted> {
  const afresh = () => server.api.createCall(asked, server.newIdempotencyKey());
  let last = await (options.again ? afresh() : server.api.createCall(asked, undefined));
  // Another wish for the same call, such as one with a bypass after one that was held: it is a call of its own, and itself only once.
  if (last.kind === 'other-request') last = await server.api.createCall(asked, keyOf(asked));
  // Asked for again after one that reached nobody, the same way: each key is made of the call before, so that a repetition is still seen.
  while (last.kind === 'submitted' && last.replayed && reachedNobody(last.call)) {
    last = await server.api.createCall(asked, keyAfter(last.call, asked));
  }
  if (last.kind === 'other-request')
    throw new Error('A key made of the whole request stood for another one.');
  if (last.kind === 'refused' || !last.replayed) return last;
  const { call } = last;
  const secs = Math.max(0, Math.round((server.clock.now() - Date.parse(call.createdAt)) / 1000));
  const how = call.outcome ? `ended: ${call.outcome.kind}` : `not over: ${call.status}`;
  const detail = `The same call was asked for ${secs} s ago: ${printable(call.id)} (${how}).`;
  if (cli.interactive && !options.json) {
    cli.err(detail);
    if ((await cli.confirm('Call once more?')) === true) {
      const fresh = await afresh();
      if (fresh.kind !== 'other-request') return fresh;
    }
  }
  const finding = {
    rule: 'repetition',
    severity: 'error',
    where: asked.to,
    evidence: detail,
    fix: `Look at it: ${showCommand(call.id, { sandbox: false })}. If it is meant, call with --again.`,
  } as const;
  return { kind: 'refused', code: 'guard', detail, findings: [finding], earlier: call };
}

function keyAfter({ id }: CreatedCall, asked: NewCallInput): string {
  return `after-${id}-${keyOf(asked)}`;
}

function keyOf(asked: NewCallInput): string {
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex').slice(0, 32);
}

/** It is over, and no provider ever had it: nothing speaks against asking for it again. */
function reachedNobody({ outcome, attempts }: CreatedCall): boolean {
  if (!outcome || outcome.kind === 'unknown' || outcome.connected) return false;
  return !attempts.some(({ conversationId, callSid }) => conversationId ?? callSid);
}
