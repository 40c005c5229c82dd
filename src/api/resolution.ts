import * as z from 'zod';

/** What a person decides about a call of which nobody knows how it ended. */
export const resolution = z
  .strictObject({
    decision: z.enum(['redial', 'answered', 'voicemail', 'no-answer', 'busy', 'declined', 'failed']).meta({
      description: '`redial` dials again; every other one says how it ended.',
    }),
    note: z.string().trim().max(500).default('').meta({ description: 'How you know.' }),
  })
  .meta({
    id: 'Resolution',
    examples: [{ decision: 'no-answer', note: 'Ada says that her phone did not ring.' }],
  });

export type ResolutionInput = z.input<typeof resolution>;
