import type { CallFilter } from '../calls/call-records.ts';
import { jsonText } from './json-text.ts';
import { callColumns } from './life-rows.ts';
import type { PageEnd } from './page-cursor.ts';
import { isoOf } from './write-row.ts';

/** Of a call beside its life. */
export const recordColumns = `${callColumns}, c.updated_at, c.ended_at, c.forgotten_at, c.latest_attempt`;

/**
 * The calls that pass a filter, newest first, `limit` at most. Every index of `calls` ends in the moment of creation and the id, so that a
 * page is read from one end of one of them. Of several statuses or outcomes each is read by itself and the first of all are taken: no
 * index has them in one order.
 */
export function callsPassing(
  filter: CallFilter,
  limit: number,
  after: PageEnd | undefined,
): { readonly text: string; readonly values: readonly unknown[] } {
  const values: unknown[] = [];
  const given = (value: unknown) => `$${values.push(value)}`;
  const conditions: string[] = [];
  const { toHash, agentId, lineId, keyId, createdAfterMs, createdBeforeMs, metadata } = filter;
  if (toHash !== undefined) conditions.push(`to_hash = ${given(toHash)}`);
  if (agentId !== undefined) conditions.push(`agent_id = ${given(agentId)}`);
  if (lineId !== undefined) conditions.push(`line_id = ${given(lineId)}`);
  if (keyId !== undefined) conditions.push(`key_id = ${given(keyId)}`);
  if (createdAfterMs !== undefined) conditions.push(`created_at >= ${given(isoOf(createdAfterMs))}`);
  if (createdBeforeMs !== undefined) conditions.push(`created_at < ${given(isoOf(createdBeforeMs))}`);
  if (metadata && Object.keys(metadata).length > 0)
    conditions.push(`metadata @> ${given(jsonText(metadata))}::jsonb`);
  if (after) conditions.push(`(created_at, id) < (${given(isoOf(after.atMs))}, ${given(after.key)})`);

  // One of them leads the index, the other is looked at in the rows.
  const { status, outcome } = filter;
  const leads = status ? { column: 'status', values: status } : { column: 'outcome', values: outcome };
  if (status && outcome) conditions.push(`outcome = any (${given(outcome)}::text[])`);
  const most = given(limit);
  const newest = `order by created_at desc, id desc limit ${most}`;
  const passing = (more: string[]) => {
    const all = [...more, ...conditions];
    return `(select * from calls ${all.length > 0 ? `where ${all.join(' and ')}` : ''} ${newest})`;
  };
  const source = leads.values
    ? `(select distinct unnest(${given(leads.values)}::text[]) as value) v cross join lateral ${passing([`${leads.column} = v.value`])} c`
    : `${passing([])} c`;
  return {
    text: `select ${recordColumns} from ${source} order by c.created_at desc, c.id desc limit ${most}`,
    values,
  };
}
