import * as z from 'zod';
import { moment } from './fields.ts';

/** One line of a call's append-only timeline. */
export const timelineEntry = z
  .looseObject({
    seq: z.int().meta({ description: 'Its number in the call, from 1.' }),
    attemptId: z.string(),
    at: moment,
    kind: z.string(),
    data: z.record(z.string(), z.unknown()).meta({
      description:
        'Facts of it. `replied` of a refused dial has `explanation`, a FailureExplanation as problems have it.',
    }),
  })
  .meta({ id: 'TimelineEntry' });

export const timeline = z
  .looseObject({
    items: z.array(timelineEntry),
    nextAfter: z
      .int()
      .nullable()
      .meta({ description: '`after` of the next page; null where nothing follows yet.' }),
  })
  .meta({ id: 'Timeline', description: 'Oldest first.' });

const after = z.coerce.number().int().min(0).max(2_000_000_000);

export const timelineQuery = z.strictObject({
  after: after.default(0).meta({ description: 'Entries after this number.' }),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
});

export const eventHeaders = z.object({
  'last-event-id': after
    .optional()
    .meta({ description: 'The last entry that was read; the stream goes on after it.' }),
});

export type Timeline = z.output<typeof timeline>;
export type TimelineEntry = z.output<typeof timelineEntry>;
