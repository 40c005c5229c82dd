import type { Inbox, InboxItem } from '../calls/service-ports.ts';
import { cleanText, jsonText } from './json-text.ts';
import type { Session, Statement } from './session.ts';
import { isoOf } from './write-row.ts';

interface ItemRow {
  readonly id: string;
  readonly type: string;
  readonly conversation_id: string | null;
  readonly attempt_id: string | null;
  readonly received_at: Date;
  readonly event_at: Date | null;
  readonly body: unknown;
  readonly tries: number;
}

const putItem: Statement = {
  name: 'put-in-inbox',
  text: `
insert into inbox (delivery_key, type, conversation_id, attempt_id, received_at, event_at, body, due_at, tries)
values ($1, $2, $3, $4, $5, $6, $7, $8, 0) on conflict (delivery_key) do nothing returning id`,
};

/** A node that dies with an item has tried it, too. What is handed out says how often it was tried before. */
const takeItems: Statement = {
  name: 'take-from-inbox',
  text: `
with d as (
  select id from inbox where processed_at is null and due_at <= $1 order by due_at limit $3 for update skip locked
)
update inbox i set due_at = $2, tries = i.tries + 1 from d where i.id = d.id
returning i.id, i.type, i.conversation_id, i.attempt_id, i.received_at, i.event_at, i.body, i.tries - 1 as tries`,
};

const itemDone: Statement = {
  name: 'inbox-done',
  text: 'update inbox set processed_at = $2, note = $3, due_at = null where id = $1 and processed_at is null',
};

const itemLater: Statement = {
  name: 'inbox-later',
  text: 'update inbox set due_at = $2, note = $3 where id = $1 and processed_at is null',
};

/** Deliveries come from outside: whatever is in them must not keep them from being taken. */
export function createInbox(session: Session): Inbox {
  return {
    async put(item) {
      const [row] = await session.query<{ id: string }>(putItem, [
        cleanText(item.deliveryKey),
        cleanText(item.type),
        item.conversationId === undefined ? null : cleanText(item.conversationId),
        item.attemptId === undefined ? null : cleanText(item.attemptId),
        isoOf(item.receivedMs),
        item.eventMs === undefined ? null : isoOf(item.eventMs),
        jsonText(item.body ?? null),
        isoOf(item.dueMs),
      ]);
      return row && Number(row.id);
    },
    async take({ nowMs, untilMs, limit }) {
      const rows = await session.query<ItemRow>(takeItems, [isoOf(nowMs), isoOf(untilMs), limit]);
      return rows.map(itemOf).toSorted((a, b) => a.receivedMs - b.receivedMs || a.id - b.id);
    },
    async done(id, atMs, note) {
      await session.query(itemDone, [id, isoOf(atMs), cleanText(note)]);
    },
    async later(id, dueMs, note) {
      await session.query(itemLater, [id, isoOf(dueMs), cleanText(note)]);
    },
  };
}

function itemOf(row: ItemRow): InboxItem {
  return {
    id: Number(row.id),
    type: row.type,
    conversationId: row.conversation_id ?? undefined,
    attemptId: row.attempt_id ?? undefined,
    receivedMs: row.received_at.getTime(),
    eventMs: row.event_at?.getTime(),
    body: row.body,
    tries: row.tries,
  };
}
