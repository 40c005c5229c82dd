import * as z from 'zod';
import { callQuery } from '../api/call.ts';
import { bypass, callingWindow } from '../api/calling-plan.ts';
import { phoneNumber } from '../api/fields.ts';
import { forgetRequest } from '../api/forget.ts';
import { newCall } from '../api/new-call.ts';
import type { Route } from '../api/route.ts';
import { type RouteName, type Routes, routes } from '../api/routes.ts';
import { newSuppression } from '../api/suppression.ts';
import { attemptVariable, isTimeZone } from '../calls/index.ts';
import { parsePhoneNumber } from '../kernel/phone-number.ts';
import { clientData, dynamicVariables } from '../wire/elevenlabs/client-data.ts';

/**
 * The routes with the checks that the contract cannot state: whether a number is one, what the provider takes as client data, which zones
 * there are. They stand in the schemas, so that a request hears of all its faults at once.
 */

const number = phoneNumber.transform((text, context) => {
  const parsed = parsePhoneNumber(text);
  if (parsed.kind === 'number') return parsed.facts;
  // A + that nobody encoded arrives as a space.
  const unencoded = /^ \d/.test(text) ? ' (the + of a query is written %2B)' : '';
  context.addIssue({ code: 'custom', message: `It is not a phone number: ${parsed.why}${unencoded}` });
  return z.NEVER;
});

const free = (variables: Record<string, unknown> | undefined) =>
  !Object.keys(variables ?? {}).some((name) => name === attemptVariable || name.startsWith('system__'));
const reserved = `Names that begin with system__, and ${attemptVariable}, are not yours to set`;

/** A telephone line, by its number or by its id. */
const line = z.string().transform((text, context) => {
  if (!text.startsWith('+')) {
    if (/^[\w.:@-]{1,200}$/.test(text)) return { lineId: text };
    context.addIssue({ code: 'custom', message: 'It is neither the id of a line nor a number' });
    return z.NEVER;
  }
  const parsed = parsePhoneNumber(text);
  if (parsed.kind === 'number') return { number: parsed.facts.number };
  context.addIssue({ code: 'custom', message: `It is not a phone number: ${parsed.why}` });
  return z.NEVER;
});

const MAX_CLIENT_DATA_CHARACTERS = 200_000;

const body = newCall
  .extend({
    to: number,
    line: line.optional(),
    variables: dynamicVariables.refine(free, reserved).optional(),
    clientData: clientData
      .refine((data) => free(data.dynamic_variables), { message: reserved, path: ['dynamic_variables'] })
      .optional(),
    window: callingWindow
      .extend({
        zone: callingWindow.shape.zone.refine(
          (zone) => zone === undefined || isTimeZone(zone),
          'It is no IANA zone such as Europe/Berlin',
        ),
      })
      .optional(),
    bypass: bypass.optional(),
  })
  .refine((call) => call.variables === undefined || call.clientData === undefined, {
    message: 'Give variables or clientData, not both',
    path: ['variables'],
    when: ({ value }) => typeof value === 'object' && value !== null,
  })
  .refine(
    (call) => JSON.stringify(call.clientData ?? call.variables ?? {}).length <= MAX_CLIENT_DATA_CHARACTERS,
    {
      message: `Variables and overrides have at most ${MAX_CLIENT_DATA_CHARACTERS} characters as JSON`,
      path: ['variables'],
    },
  );

const checked = {
  createCall: { ...routes.createCall, body },
  listCalls: { ...routes.listCalls, query: callQuery.extend({ to: number.optional() }) },
  addSuppression: { ...routes.addSuppression, body: newSuppression.extend({ number }) },
  forget: { ...routes.forget, body: forgetRequest.extend({ number }) },
} satisfies Partial<Record<RouteName, Route>>;

export const servedRoutes: Omit<Routes, keyof typeof checked> & typeof checked = { ...routes, ...checked };

export type ServedRoutes = typeof servedRoutes;
