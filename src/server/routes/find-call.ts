import type { CallRecord, CallRecords } from '../../calls/index.ts';
import { Refused } from '../refused.ts';

/** The call behind an id of any kind. Refuses with `not-found` where there is none. */
export async function findCall(records: Pick<CallRecords, 'get'>, id: string): Promise<CallRecord> {
  const record = await records.get(id);
  if (record) return record;
  throw new Refused('not-found', 'No call has this id.', {
    hint: 'Give the id of a call, an attempt, a conversation (conv_…) or a carrier’s call (CA…).',
  });
}
