import type { CarrierPages } from '../../calls/ledger/ports.ts';
import { listCalls } from '../../wire/twilio/call.ts';
import type { TwilioClient } from './client.ts';

/** What Twilio gives in one reply at most. */
const PAGE = 1000;

/**
 * The whole list of the account's calls as the ledger reads it. Of Twilio's `next_page_uri` only page and token are taken: the
 * address, and with it who gets the credentials, stays ours.
 */
export function createCallPages(client: TwilioClient): CarrierPages {
  return {
    async page({ startedAfter, from }, after, signal) {
      const asked = new URLSearchParams(after);
      const token = asked.get('PageToken');
      const number = asked.get('Page');
      const page = await client.send(listCalls, {
        query: {
          'StartTime>': startedAfter.toISOString().replace(/\.\d+Z$/, 'Z'),
          PageSize: PAGE,
          ...(from === undefined ? {} : { From: from }),
          ...(number === null ? {} : { Page: Number(number) }),
          ...(token === null ? {} : { PageToken: token }),
        },
        signal,
      });
      return { items: page.calls, next: page.next_page_uri?.split('?')[1] };
    },
  };
}
