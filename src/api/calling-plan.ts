import * as z from 'zod';
import { moment, reason } from './fields.ts';

/** How a call is to be placed over time: when, how often, and past which rule. Requests and replies share it. */

const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'A time of day is HH:MM in 24 hours.');

export const callingWindow = z
  .strictObject({
    days: z
      .array(z.enum(['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']))
      .min(1)
      .max(7)
      .default(['mon', 'tue', 'wed', 'thu', 'fri']),
    from: timeOfDay.default('09:00'),
    to: timeOfDay.default('17:00').meta({ description: 'Up to, and not with, this time.' }),
    zone: z
      .string()
      .min(1)
      .max(60)
      .optional()
      .meta({
        description: 'IANA name of the zone in which the phone is; without it the number tells it.',
        examples: ['America/New_York'],
      }),
    notBefore: moment.optional(),
    notAfter: moment.optional(),
  })
  .meta({
    id: 'CallingWindow',
    description:
      'Local hours in which the phone may ring, on the clock of the place where it is. They are kept within 08:00 to 20:00.',
  });

const retryRule = z
  .strictObject({
    delaysMinutes: z
      .array(z.number().min(1).max(10_080))
      .min(1)
      .max(20)
      .optional()
      .meta({ description: 'Minutes to wait after the first, the second… attempt; the last one repeats.' }),
    maxAttempts: z.int().min(1).max(20).optional().meta({
      description: 'Attempts of the whole call, the first included; 1 means that none follows this outcome.',
    }),
  })
  .meta({ id: 'RetryRule' });

export const retry = z
  .strictObject({
    'no-answer': retryRule.optional(),
    busy: retryRule.optional(),
    voicemail: retryRule.optional(),
    declined: retryRule.optional(),
    failed: retryRule.optional(),
  })
  .meta({
    id: 'Retry',
    description:
      'What follows each outcome. What is left out stays as it is by default: 30, 60 and 120 minutes, at most 3 attempts.',
  });

export const bypass = z
  .strictObject({ window: reason.optional(), suppression: reason.optional(), budget: reason.optional() })
  .meta({
    id: 'Bypass',
    description:
      'Rules that this call may pass, each with the reason, which stays in the timeline. Needs an operator.',
    examples: [{ window: 'The customer asked for a call in the evening.' }],
  });
