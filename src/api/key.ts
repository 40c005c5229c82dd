import * as z from 'zod';
import { moment, roleNames } from './fields.ts';

/** Keys: who may use the API. */

const budget = z
  .strictObject({
    calls: z.int().min(0).optional(),
    minutes: z.number().min(0).optional().meta({ description: 'Of conversation.' }),
    cents: z.int().min(0).optional().meta({ description: 'US cents.' }),
  })
  .meta({ id: 'Budget', description: 'What may be used up on one UTC day; what is left out has no limit.' });

const name = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .refine(
    (text) => /^[\p{L}\p{N}][\p{L}\p{N} ._@-]*$/u.test(text),
    'A name has letters, digits, spaces and . _ @ - only, and begins with a letter or digit.',
  )
  .meta({ description: 'A person or a program; it stands in timelines.', examples: ['billing-server'] });

export const newKey = z
  .strictObject({
    name,
    role: z.enum(roleNames).default('caller'),
    ratePerMinute: z.int().min(1).max(100_000).optional(),
    budget: budget.optional(),
  })
  .meta({ id: 'NewKey', examples: [{ name: 'billing-server', role: 'caller', budget: { calls: 200 } }] });

export const key = z
  .looseObject({
    id: z.string(),
    name: z.string(),
    role: z.enum(roleNames),
    lastFour: z.string(),
    createdAt: moment,
    createdBy: z.string(),
    revokedAt: moment.nullable(),
    lastUsedAt: moment.nullable().meta({ description: 'To the minute.' }),
    ratePerMinute: z.int().nullable(),
    budget: z.looseObject({}).nullable(),
  })
  .meta({ id: 'Key' });

export const createdKey = key
  .extend({ key: z.string().meta({ description: 'Shown this once: only its hash is kept.' }) })
  .meta({ id: 'CreatedKey' });

export const revokedKey = key
  .extend({ cancelledCalls: z.int().meta({ description: 'Calls of the key that waited to be dialled.' }) })
  .meta({ id: 'RevokedKey' });

export const keyList = z.looseObject({ items: z.array(key) }).meta({ id: 'KeyList' });

export type NewKeyInput = z.input<typeof newKey>;
export type KeyView = z.output<typeof key>;
export type RevokedKey = z.output<typeof revokedKey>;
export type CreatedKey = z.output<typeof createdKey>;
