import type { SimDatabase } from '../database.ts';
import type { Book } from './book.ts';

interface Row {
  readonly id: string;
  readonly call_id: string;
  readonly number: number;
  readonly state: string;
  readonly outcome: string | null;
  readonly latest_attempt: string;
}

/** What the database has in the end is what was committed to it, and every timeline is whole. */
export async function judgeDatabase(book: Book, database: SimDatabase): Promise<void> {
  const rows = await database.rows<Row>(
    `select a.id, a.call_id, a.number, a.state, a.outcome, c.latest_attempt
     from attempts a join calls c on c.id = a.call_id order by a.call_id, a.number`,
  );
  if (rows.length !== book.attempts.size)
    book.violate(`the database has ${rows.length} attempts, and ${book.attempts.size} were committed`);
  for (const row of rows) {
    const known = book.attempts.get(row.id);
    const outcome = known?.life.state === 'ended' ? known.life.outcome.kind : null;
    if (known?.life.state !== row.state || outcome !== row.outcome)
      book.violate(
        `${row.id} is ${row.state} ${row.outcome} in the database, and ${known?.life.state} ${outcome} was committed`,
      );
    const latest = rows.findLast(({ call_id }) => call_id === row.call_id);
    if (latest?.id !== row.latest_attempt) book.violate(`call ${row.call_id} has lost its latest attempt`);
  }
  const gaps = await database.rows<{ call_id: string }>(
    'select call_id from timeline group by call_id having min(seq) <> 1 or max(seq) <> count(*)',
  );
  for (const { call_id } of gaps) book.violate(`the timeline of ${call_id} has gaps`);
  const twice = await database.rows<{ attempt_id: string }>(
    "select attempt_id from timeline where kind = 'ended' group by attempt_id having count(*) > 1",
  );
  for (const { attempt_id } of twice) book.violate(`the timeline ends ${attempt_id} twice`);
}
