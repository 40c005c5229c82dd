import * as z from 'zod';

/** Fields that several resources share. */

export const phoneNumber = z
  .string()
  .min(3)
  .max(40)
  .meta({
    description:
      'A telephone number in E.164, with its country code; spaces, dots, dashes and brackets may stand in it.',
    examples: ['+12125550142'],
  });

/** Years that `Date` writes with four digits and the database takes: the year 0 and, by its offset, 10000 are in RFC 3339 too. */
const MOMENTS = { from: Date.parse('1970-01-01T00:00:00Z'), before: Date.parse('+010000-01-01T00:00:00Z') };

/** RFC 3339 with an offset, as `Date` writes and reads it. */
export const moment = z.iso
  .datetime({ offset: true, abort: true })
  .refine((text) => {
    const atMs = Date.parse(text);
    return atMs >= MOMENTS.from && atMs < MOMENTS.before;
  }, 'It lies within the years 1970 to 9999 (UTC).')
  .meta({
    description: 'A moment, RFC 3339 with an offset, from 1970 on.',
    examples: ['2026-03-02T15:00:00Z'],
  });

export const providerId = z
  .string()
  .regex(/^[\w.:@-]{1,200}$/, 'An id has letters, digits and . : @ _ - only.');

/** Why somebody did something, for whoever reads it later. */
export const reason = z.string().trim().min(1).max(500);

export const pageQuery = {
  cursor: z.string().min(1).max(500).optional().meta({ description: '`nextCursor` of the page before.' }),
  limit: z.coerce.number().int().min(1).max(200).default(50).meta({ description: 'Items on a page.' }),
};

export const nextCursor = z
  .string()
  .nullable()
  .meta({ description: 'Where the next page begins; null on the last page.' });

export const roleNames = ['admin', 'operator', 'caller', 'viewer'] as const;
export type RoleName = (typeof roleNames)[number];

export const outcomeKinds = [
  'answered',
  'voicemail',
  'no-answer',
  'busy',
  'declined',
  'failed',
  'cancelled',
  'unknown',
] as const;

export const callStatuses = ['scheduled', 'dialing', 'accepted', 'unknown', 'needs-person', 'ended'] as const;
