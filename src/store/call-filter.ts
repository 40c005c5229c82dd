import type { CallFilter } from '../calls/call-records.ts';
import { jsonText } from './json-text.ts';
import { callColumns } from './life-rows.ts';
import type { PageEnd } from './page-cursor.ts';
import { isoOf } from './write-row.ts';

/** Of a call beside its life. */
export const recordColumns = `${callColumns}, c.updated_at, c.ended_at, c.forgotten_at, c.latest_attempt`;

/** Columns that an index begins with, those that leave the fewest calls first. */
const leading = ['to_hash', 'outcome', 'status', 'key_id', 'agent_id', 'line_id'] as const;

/**
 * The calls that pass a filter, newest first, `limit` at most. Every index of `calls` ends in the moment of creation and the id, so that a
 * page is read from one end of one of them. Of several values each is read by itself and the first of all are taken, since no index has
 * them in one order. Bounds instead of `=`, and the column in the order, keep the planner from walking through the newest calls of all in
 * the hope of a few that fit. Metadata is left to its choice: it knows which pairs are rare.
 */
export function callsPassing(
  filter: CallFilter,
  limit: number,
  after: PageEnd | undefined,
): { readonly text: string; readonly values: readonly unknown[] } {
  const values: unknown[] = [];
  const given = (value: unknown) => `$${values.push(value)}`;
  const { createdAfterMs, createdBeforeMs, metadata } = filter;
  const byMetadata = metadata !== undefined && Object.keys(metadata).length > 0;
  const wanted = wantedOf(filter);
  const lead = byMetadata ? undefined : leading.find((column) => wanted[column]);

  const conditions: string[] = [];
  for (const column of leading) {
    if (column !== lead && wanted[column])
      conditions.push(`${column} = any (${given(wanted[column])}::text[])`);
  }
  if (byMetadata) conditions.push(`metadata @> ${given(jsonText(metadata))}::jsonb`);
  const from = createdAfterMs === undefined ? undefined : given(isoOf(createdAfterMs));
  const before = createdBeforeMs === undefined ? undefined : given(isoOf(createdBeforeMs));
  const end = after && ([given(isoOf(after.atMs)), given(after.key)] as const);
  const [column, value] = lead ? [`${lead}, `, 'v.value, '] : ['', ''];
  if (lead) conditions.push(`${lead} >= v.value and ${lead} <= v.value`);
  if (from) conditions.push(`(${column}created_at) >= (${value}${from})`);
  if (before) conditions.push(`(${column}created_at) < (${value}${before})`);
  if (end) conditions.push(`(${column}created_at, id) < (${value}${end.join(', ')})`);

  const most = given(limit);
  const where = conditions.length > 0 ? `where ${conditions.join(' and ')}` : '';
  const order = `${lead ? `${lead} desc, ` : ''}created_at desc, id desc`;
  const passing = `(select * from calls ${where} order by ${order} limit ${most}) c`;
  const source = lead
    ? `(select distinct unnest(${given(wanted[lead])}::text[]) as value) v cross join lateral ${passing}`
    : passing;
  return {
    text: `select ${recordColumns} from ${source} order by c.created_at desc, c.id desc limit ${most}`,
    values,
  };
}

function wantedOf({ toHash, outcome, status, keyId, agentId, lineId }: CallFilter) {
  const one = (value: string | undefined) => (value === undefined ? undefined : [value]);
  return {
    to_hash: one(toHash),
    outcome,
    status,
    key_id: one(keyId),
    agent_id: one(agentId),
    line_id: one(lineId),
  } satisfies Record<(typeof leading)[number], readonly string[] | undefined>;
}
