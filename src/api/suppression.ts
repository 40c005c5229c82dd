import * as z from 'zod';
import { moment, nextCursor, pageQuery, phoneNumber } from './fields.ts';

/** Numbers that are not called. */

const reasons = z.enum(['asked-not-to-be-called', 'wrong-person', 'invalid-number', 'manual']);

export const newSuppression = z
  .strictObject({
    number: phoneNumber,
    reason: reasons.default('manual'),
    note: z.string().trim().max(500).default(''),
    expiresAt: moment
      .optional()
      .meta({ description: 'From then on the number may be called again; without it, never.' }),
  })
  .meta({
    id: 'NewSuppression',
    examples: [{ number: '+12125550142', reason: 'asked-not-to-be-called', note: 'By e-mail.' }],
  });

export const suppression = z
  .looseObject({
    id: z.string().meta({ description: 'Keyed hash of the number; the number itself is not kept.' }),
    masked: z.string().meta({ examples: ['+12•••••••42'] }),
    reason: reasons,
    note: z.string(),
    addedAt: moment,
    addedBy: z.string(),
    expiresAt: moment.nullable(),
  })
  .meta({ id: 'Suppression' });

export const suppressionPage = z
  .looseObject({ items: z.array(suppression), nextCursor })
  .meta({ id: 'SuppressionPage', description: 'Newest first.' });

export const suppressionQuery = z.strictObject(pageQuery);

export type NewSuppressionInput = z.input<typeof newSuppression>;
export type SuppressionView = z.output<typeof suppression>;
export type SuppressionPage = z.output<typeof suppressionPage>;
