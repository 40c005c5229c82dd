import type { ErasedCount } from '../../calls/forget/erase-elsewhere.ts';
import { AppError } from '../../kernel/errors.ts';
import { deleteConversation, getConversation } from '../../wire/elevenlabs/conversation.ts';
import type { ElevenLabsClient } from './client.ts';

/** Deletes a conversation for good, with transcript and recording. Throws AppError when ElevenLabs does not do it. */
export function createEraseConversation(client: ElevenLabsClient) {
  return async (id: string, signal?: AbortSignal): Promise<ErasedCount> => {
    const input = { path: { conversation_id: id }, signal };
    try {
      await client.send(deleteConversation, input);
      return { erased: 1, alreadyGone: 0 };
    } catch (error) {
      if (!(error instanceof AppError) || error.exchange?.status !== 404) throw error;
      // A 404 can be a proxy's, or a route's that has moved: only the provider's own word on the conversation counts.
      if ((await client.find(getConversation, input)) !== undefined) throw error;
      return { erased: 0, alreadyGone: 1 };
    }
  };
}
