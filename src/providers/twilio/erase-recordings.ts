import type { ErasedCount } from '../../calls/forget/erase-elsewhere.ts';
import { AppError } from '../../kernel/errors.ts';
import { readTwilioError } from '../../wire/twilio/error.ts';
import { deleteCallRecording, listCallRecordings } from '../../wire/twilio/recording.ts';
import type { TwilioClient } from './client.ts';

/** What Twilio gives in one reply at most; a call has one recording, a few where somebody paused it. */
const PAGE = 1000;

/**
 * Deletes what the carrier recorded of a call. Throws AppError when Twilio does not do it, also where the call is not in this account: its
 * recordings may lie in another one.
 */
export function createEraseRecordings(client: TwilioClient) {
  return async (callSid: string, signal?: AbortSignal): Promise<ErasedCount> => {
    const page = await client.send(listCallRecordings, {
      path: { CallSid: callSid },
      query: { PageSize: PAGE },
      signal,
    });
    let [erased, alreadyGone] = [0, 0];
    for (const { sid } of page.recordings) {
      if (await isDeleted(callSid, sid, signal)) erased++;
      else alreadyGone++;
    }
    return { erased, alreadyGone };
  };

  async function isDeleted(callSid: string, sid: string, signal: AbortSignal | undefined): Promise<boolean> {
    try {
      await client.send(deleteCallRecording, { path: { CallSid: callSid, Sid: sid }, signal });
      return true;
    } catch (error) {
      const gone = error instanceof AppError && error.exchange?.status === 404;
      // A proxy's page says nothing about the recording.
      if (gone && readTwilioError(error.exchange?.body) !== undefined) return false;
      throw error;
    }
  }
}
