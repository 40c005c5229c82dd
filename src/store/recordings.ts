import type { Recordings } from '../calls/service-ports.ts';
import type { Session, Statement } from './session.ts';
import { isoOf } from './write-row.ts';

const putOne: Statement = {
  text: `
insert into recordings (conversation_id, received_at, mp3) values ($1, $2, $3)
on conflict (conversation_id) do update set received_at = excluded.received_at, mp3 = excluded.mp3`,
};

export function createRecordings(session: Session): Recordings {
  return {
    async put({ conversationId, receivedMs, mp3 }) {
      const bytes = Buffer.from(mp3.buffer, mp3.byteOffset, mp3.byteLength);
      await session.query(putOne, [conversationId, isoOf(receivedMs), bytes]);
    },
    async get(conversationId) {
      const text = 'select mp3 from recordings where conversation_id = $1';
      const [row] = await session.query<{ mp3: Uint8Array }>({ text }, [conversationId]);
      return row?.mp3;
    },
  };
}
