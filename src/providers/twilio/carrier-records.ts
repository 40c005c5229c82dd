import type { CarrierRecords } from '../../calls/ports.ts';
import { getCall, listCalls, updateCall } from '../../wire/twilio/call.ts';
import type { TwilioClient } from './client.ts';

/** Twilio as `calls/` sees it: the carrier's own word on a call. */
export function createCarrierRecords(client: TwilioClient): CarrierRecords {
  return {
    call: (sid, signal) => client.find(getCall, { path: { Sid: sid }, signal }),
    async calls({ to, from, startedAfter }) {
      const page = await client.send(listCalls, {
        query: { To: to, From: from, PageSize: 50 },
      });
      // Twilio's filter by start time passes over calls that still ring, so the time is compared here.
      return page.calls.filter((call) => {
        const at = Date.parse(call.start_time ?? call.date_created ?? '');
        return Number.isNaN(at) || at >= startedAfter.getTime();
      });
    },
    async hangUp(sid) {
      // `canceled` ends only a call that still rings; `completed` ends either.
      await client.send(updateCall, { path: { Sid: sid }, body: { Status: 'completed' } });
    },
  };
}
