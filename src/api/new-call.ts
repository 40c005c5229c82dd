import * as z from 'zod';
import { bypass, callingWindow, retry } from './calling-plan.ts';
import { moment, phoneNumber, providerId } from './fields.ts';

/** Limits of a call's metadata. */
const METADATA = { entries: 50, nameLength: 64, valueLength: 500 };

export const metadata = z
  .record(
    z
      .string()
      .regex(/^[\w.:-]+$/, 'A name has letters, digits and . : _ - only.')
      .max(METADATA.nameLength),
    z.string().max(METADATA.valueLength),
  )
  .refine((pairs) => Object.keys(pairs).length <= METADATA.entries, `At most ${METADATA.entries} entries.`)
  .meta({
    description: 'Your own names and values; calls can be listed by them. They are never sent to a provider.',
    examples: [{ invoice: 'INV-1042' }],
  });

/** What a call is to say and whom it is to reach: the body of `POST /v1/calls`. */
export const newCall = z
  .strictObject({
    to: phoneNumber,
    agent: providerId.optional().meta({
      description: 'The agent that speaks; the only one of the account where it is left out.',
      examples: ['agent_7x2k'],
    }),
    line: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .meta({
        description:
          'The line to call from, by its id (`phnum_…`) or its number; the only one where it is left out.',
        examples: ['phnum_3f9a'],
      }),
    variables: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .optional()
      .meta({
        description: 'Dynamic variables by name, without braces. Not together with clientData.',
        examples: [{ customer_name: 'Ada' }],
      }),
    clientData: z.record(z.string(), z.unknown()).optional().meta({
      description:
        'The whole conversation_initiation_client_data of ElevenLabs, in its own spelling. Not together with variables.',
    }),
    ringTimeoutSecs: z
      .int()
      .min(1)
      .max(999)
      .optional()
      .meta({ description: 'Seconds; Twilio stops at 600.' }),
    machineDetection: z
      .boolean()
      .default(false)
      .meta({ description: 'Let Twilio listen for an answering machine.' }),
    record: z.boolean().default(false).meta({ description: 'Let Twilio record the call.' }),
    window: callingWindow.optional(),
    retry: retry.optional(),
    redialAfterUnknown: z.boolean().default(false).meta({
      description:
        'After an attempt of which no trace was found in the quiet period, dial again without asking a person.',
    }),
    deadline: moment.optional().meta({
      description:
        'No attempt is dialled after this moment; where it is left out, a week after the first may be.',
    }),
    metadata: metadata.optional(),
    bypass: bypass.optional(),
    personWaiting: z.boolean().default(false).meta({
      description: 'A person waits for the call: it goes first and may use the reserve of capacity.',
    }),
  })
  .meta({
    id: 'NewCall',
    examples: [
      {
        to: '+12125550142',
        agent: 'agent_7x2k',
        line: 'phnum_3f9a',
        variables: { customer_name: 'Ada' },
        metadata: { invoice: 'INV-1042' },
      },
    ],
  });

export const newCallHeaders = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x20-\x7e]{1,255}$/, 'Printable ASCII, 1 to 255 characters.')
    .optional()
    .meta({
      description:
        'Keeps one intent to one call, whatever is sent twice. Without it the line, number, agent and variables are the key, for ten minutes.',
    }),
});

export type NewCallInput = z.input<typeof newCall>;
