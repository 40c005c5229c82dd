import type { ConversationPages } from '../../calls/ledger/ports.ts';
import { listConversations } from '../../wire/elevenlabs/conversation.ts';
import type { ElevenLabsClient } from './client.ts';

/** What ElevenLabs gives in one reply at most. */
const PAGE = 100;

/** The whole list of conversations as the ledger reads it; a cursor names the next page. */
export function createConversationPages(client: ElevenLabsClient): ConversationPages {
  return {
    async page({ startedAfter, agentId }, after, signal) {
      const page = await client.send(listConversations, {
        query: {
          page_size: PAGE,
          call_start_after_unix: Math.floor(startedAfter.getTime() / 1000),
          ...(agentId === undefined ? {} : { agent_id: agentId }),
          ...(after === undefined ? {} : { cursor: after }),
        },
        signal,
      });
      return { items: page.conversations, next: page.has_more ? (page.next_cursor ?? undefined) : undefined };
    },
  };
}
