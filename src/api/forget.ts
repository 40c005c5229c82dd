import * as z from 'zod';
import { phoneNumber } from './fields.ts';

/** Erases what is kept of the person behind a number. */
export const forgetRequest = z
  .strictObject({ number: phoneNumber })
  .meta({ id: 'ForgetRequest', examples: [{ number: '+12125550142' }] });

export const forgetReport = z
  .looseObject({
    erased: z.int().meta({ description: 'Things that were erased now, here and elsewhere.' }),
    alreadyGone: z.int(),
    couldNotReach: z
      .array(z.looseObject({ where: z.string(), id: z.string(), why: z.string() }))
      .meta({ description: 'What is still there: it is tried again for a week.' }),
  })
  .meta({ id: 'ForgetReport' });

export type ForgetReportView = z.output<typeof forgetReport>;
