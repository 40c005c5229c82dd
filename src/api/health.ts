import * as z from 'zod';

export const health = z.looseObject({ status: z.literal('ok') }).meta({ id: 'Health' });

/** Whether the service can do its work now. */
export const readiness = z
  .looseObject({
    ready: z.boolean(),
    checks: z.array(z.looseObject({ name: z.string(), ok: z.boolean(), detail: z.string() })),
  })
  .meta({ id: 'Readiness' });

export type Readiness = z.output<typeof readiness>;
