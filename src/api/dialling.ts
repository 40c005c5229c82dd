import * as z from 'zod';
import { moment, reason } from './fields.ts';

/** Whether anything is dialled at all. */
export const dialling = z
  .looseObject({
    stopped: z.boolean(),
    by: z.string().nullable(),
    reason: z.string().nullable(),
    at: moment.nullable(),
    sandbox: z
      .boolean()
      .nullable()
      .meta({ description: 'The account is pretended: no phone rings. null where there is no telling.' }),
  })
  .meta({ id: 'Dialling' });

/** A stop is never refused for want of a reason: it is for emergencies. */
export const stopOrder = z
  .strictObject({ reason: reason.default('no reason given') })
  .meta({ id: 'StopOrder', examples: [{ reason: 'The script names the wrong invoice.' }] });

export type Dialling = z.output<typeof dialling>;
