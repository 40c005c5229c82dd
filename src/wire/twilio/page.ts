import * as z from 'zod';

/** What surrounds the items of each Twilio list. `next_page_uri` is a path with a query, or null on the last page. */
export const twilioPage = {
  page: z.number().nullish(),
  page_size: z.number().nullish(),
  uri: z.string().nullish(),
  first_page_uri: z.string().nullish(),
  next_page_uri: z.string().nullish(),
  previous_page_uri: z.string().nullish(),
};
