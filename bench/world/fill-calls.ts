import type { Pool } from 'pg';

/**
 * Fills the tables until `count` calls are stored: a year of calls that are over, of 50 keys and 20 agents, each with an attempt and five
 * entries of its timeline; one in a hundred waits for a person, and as many are scheduled for next month.
 */
export async function fillCalls(pool: Pool, from: number, count: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('set statement_timeout = 0');
    for (let first = from; first < count; first += 100_000) {
      const last = Math.min(count, first + 100_000) - 1;
      for (const statement of statements) await client.query(statement, [first, last]);
    }
    // Done by the server itself while it runs; here there is no time to wait for it.
    for (const table of ['calls', 'attempts', 'timeline']) await client.query(`vacuum analyze ${table}`);
    await client.query('reset statement_timeout');
  } finally {
    client.release();
  }
}

/** One line for each number of `n`, with what the three tables share. */
const rows = `
with n as (
  select n, 'call_s' || lpad(n::text, 9, '0') as call, 'att_s' || lpad(n::text, 9, '0') as attempt,
    md5(n::text) as hash, timestamptz '2025-01-05' + (n % 525600) * interval '1 minute' as at,
    case n % 100 when 0 then 'needs-person' when 1 then 'scheduled' else 'ended' end as status
  from generate_series($1::integer, $2::integer) as n
)`;

const statements = [
  `${rows}
insert into calls (id, created_at, updated_at, key_id, origin, to_number, to_hash, agent_id, line_id, plan, metadata, retry,
  redial_after_unknown, deadline_at, status, outcome, result, attempts, latest_attempt, last_seq, ended_at)
select call, at, at, 'key_' || n % 50, 'api', '+12125550142', hash, 'agent_' || n % 20, 'phnum_' || n % 5,
  '{"quietMs":3600000,"note":"about as long as the plan of a call, with its line, its variables and zones"}',
  jsonb_build_object('invoice', 'INV-' || n), '{}', false, at + interval '7 days', status,
  case status when 'ended' then 'answered' end, case status when 'ended' then '{"kind":"answered"}'::jsonb end, 1, attempt, 5,
  case status when 'ended' then at end
from n`,
  `${rows}
insert into attempts (id, call_id, number, tries, state, live, asked, priority, due_at, committed_at, conversation_id, call_sid, fence, version, watched_ms,
  line_id, to_hash, outcome, result)
select attempt, call, 1, 0, case status when 'needs-person' then 'unknown' else status end, false, status = 'needs-person', 0,
  case status when 'scheduled' then timestamptz '2026-02-05' end, case when status <> 'scheduled' then at end, 'conv_s' || n, 'CA' || lpad(n::text, 32, '0'), 1, 3, 0,
  'phnum_' || n % 5, hash, case status when 'ended' then 'answered' end, case status when 'ended' then '{"kind":"answered"}'::jsonb end
from n`,
  `${rows}
insert into timeline (call_id, seq, attempt_id, at, kind, data)
select call, seq, attempt, at, 'replied', '{"reply":"accepted"}' from n cross join generate_series(1, 5) as seq`,
];
