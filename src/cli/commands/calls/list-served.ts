import type { CallQuery, CallSummary } from '../../../api/call.ts';
import { callStatuses, outcomeKinds } from '../../../api/fields.ts';
import type { Cli } from '../../cli.ts';
import { readChoice } from '../../read-choice.ts';
import { readPhoneNumber } from '../../read-phone-number.ts';
import { minuteText } from '../../render/minute-text.ts';
import { styles } from '../../render/styles.ts';
import { tableLines } from '../../render/table.ts';
import type { Service } from '../../service/service-api.ts';

/** Filters that a server has besides those of the provider's list. */
export interface ServedFilter {
  readonly status?: string;
  readonly outcome?: string;
  readonly to?: string;
  readonly cursor?: string;
}

const columns = ['asked for', 'status', 'outcome', 'to', 'tries', 'due', 'held by', 'call', 'conversation'];

/** Lists the calls of a server, newest first. */
export async function listServedCalls(
  cli: Cli,
  server: Service,
  filter: {
    readonly agentId: string | undefined;
    readonly limit: number;
    readonly sinceMs: number | undefined;
  },
  options: ServedFilter & { readonly json?: boolean },
): Promise<void> {
  const query: CallQuery = {
    limit: filter.limit,
    ...(filter.agentId === undefined ? {} : { agent: filter.agentId }),
    ...(filter.sinceMs === undefined ? {} : { createdAfter: new Date(filter.sinceMs).toISOString() }),
    ...(options.status === undefined
      ? {}
      : { status: [readChoice('--status', options.status, callStatuses)] }),
    ...(options.outcome === undefined
      ? {}
      : { outcome: [readChoice('--outcome', options.outcome, outcomeKinds)] }),
    ...(options.to === undefined ? {} : { to: readPhoneNumber(options.to).number }),
    ...(options.cursor === undefined ? {} : { cursor: options.cursor }),
  };
  const { items, nextCursor } = await server.api.listCalls(query);
  if (options.json) {
    const { sandbox, url } = server;
    return cli.out(JSON.stringify({ sandbox, server: url, calls: items, nextCursor }));
  }
  if (items.length === 0) return cli.err('The server has no such call.');
  for (const line of tableLines(columns, items.map(row), styles(cli.color))) cli.out(line);
  if (nextCursor) cli.err(`There are more: --cursor ${nextCursor}`);
}

function row(call: CallSummary): (string | undefined)[] {
  return [
    minuteText(call.createdAt),
    call.status,
    call.outcome?.kind,
    call.to ?? 'forgotten',
    String(call.attemptNumber),
    call.status === 'scheduled' ? minuteText(call.dueAt) : undefined,
    call.heldBy ?? undefined,
    call.id,
    call.conversationId ?? undefined,
  ];
}
