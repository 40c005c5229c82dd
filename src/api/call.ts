import * as z from 'zod';
import { callStatuses, moment, nextCursor, outcomeKinds, pageQuery, phoneNumber } from './fields.ts';
import { problemFinding } from './problem.ts';

/** A call as the API shows it. */

export const outcome = z
  .looseObject({
    kind: z.enum(outcomeKinds),
    owner: z.string().meta({ description: 'Whose it was: donna, provider, carrier, callee or config.' }),
    retryable: z.boolean(),
    connected: z.boolean().meta({ description: 'Something picked up: a person, a machine, a fax.' }),
    human: z.enum(['yes', 'no', 'unknown']),
    sentence: z.string(),
    fix: z.string().nullable(),
    evidence: z.array(z.string()),
    contradicts: z
      .string()
      .nullable()
      .meta({ description: 'Set where the provider’s records disagree with this.' }),
  })
  .meta({ id: 'Outcome', description: 'How an attempt, or a call, ended.' });

const optionalMoment = moment.nullable();

export const attempt = z
  .looseObject({
    id: z.string().meta({ examples: ['att_01K3Z9QX5T8J6W2V4N7R0B1C3D'] }),
    number: z.int().meta({ description: '1 for the first attempt of the call.' }),
    state: z.enum(['scheduled', 'dialing', 'accepted', 'unknown', 'ended']),
    tries: z.int().meta({ description: 'Dials of it that surely reached nobody.' }),
    dueAt: optionalMoment,
    heldBy: z.string().nullable().meta({ description: 'The rule of the gate that postponed it last.' }),
    committedAt: optionalMoment,
    endedAt: optionalMoment,
    conversationId: z.string().nullable(),
    callSid: z.string().nullable(),
    sipCallId: z.string().nullable(),
    why: z.string().nullable().meta({ description: 'Why it is not known what became of it.' }),
    outcome: outcome.nullable(),
    seconds: z.number().nullable(),
    cents: z.int().nullable().meta({ description: 'US cents, as far as records name a price.' }),
  })
  .meta({ id: 'Attempt', description: 'One dial of a call.' });

/** What a list shows of a call. */
export const callSummary = z
  .looseObject({
    id: z.string().meta({ examples: ['call_01K3Z9QX5T8J6W2V4N7R0B1C3D'] }),
    status: z.enum(callStatuses),
    outcome: outcome.nullable().meta({ description: 'Set once no attempt follows by itself.' }),
    to: phoneNumber.nullable().meta({ description: 'null once the person was forgotten.' }),
    agentId: z.string(),
    line: z.looseObject({ id: z.string(), number: z.string(), provider: z.string() }),
    attemptId: z.string().meta({ description: 'The latest attempt.' }),
    attemptNumber: z.int(),
    conversationId: z.string().nullable(),
    callSid: z.string().nullable(),
    sipCallId: z.string().nullable(),
    dueAt: optionalMoment.meta({ description: 'When it is dialled, or looked at again, at the earliest.' }),
    heldBy: z.string().nullable().meta({ description: 'The rule of the gate that postponed it last.' }),
    metadata: z.record(z.string(), z.string()),
    origin: z.string(),
    keyId: z.string().meta({ description: 'The key that asked for it.' }),
    cancelledBy: z.string().nullable(),
    createdAt: moment,
    updatedAt: moment,
    endedAt: optionalMoment,
    forgottenAt: optionalMoment,
  })
  .meta({ id: 'CallSummary' });

export const call = callSummary
  .extend({
    clientData: z
      .record(z.string(), z.unknown())
      .meta({ description: 'Variables and overrides as they were given.' }),
    ringTimeoutSecs: z.int().nullable(),
    machineDetection: z.boolean(),
    record: z.boolean(),
    personWaiting: z.boolean(),
    redialAfterUnknown: z.boolean(),
    deadline: optionalMoment.meta({ description: 'No attempt is dialled after this moment.' }),
    zones: z.array(z.string()).meta({ description: 'Where the phone may be, as IANA zones.' }),
    window: z.record(z.string(), z.unknown()).nullable(),
    retry: z.record(z.string(), z.looseObject({ delaysMinutes: z.array(z.number()), maxAttempts: z.int() })),
    bypass: z.record(z.string(), z.string()),
    attempts: z.array(attempt),
  })
  .meta({ id: 'Call', description: 'The intent to reach one number, with its attempts.' });

export const createdCall = call
  .extend({
    warnings: z.array(problemFinding).meta({ description: 'What may be meant, and may be a mistake.' }),
  })
  .meta({ id: 'CreatedCall' });

export const callPage = z
  .looseObject({ items: z.array(callSummary), nextCursor })
  .meta({ id: 'CallPage', description: 'Newest first.' });

const several = <Values extends readonly [string, ...string[]]>(values: Values) =>
  z.array(z.enum(values)).max(values.length).optional();

export const callQuery = z.strictObject({
  status: several(callStatuses).meta({ description: 'May be given several times.' }),
  outcome: several(outcomeKinds).meta({ description: 'May be given several times.' }),
  to: phoneNumber.optional(),
  agent: z.string().min(1).max(200).optional(),
  line: z.string().min(1).max(200).optional().meta({ description: 'A line’s id.' }),
  key: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .meta({ description: 'The id of the key that asked for the calls.' }),
  createdAfter: moment.optional(),
  createdBefore: moment.optional(),
  metadata: z
    .record(z.string(), z.string())
    .optional()
    .meta({
      description: 'Calls with these pairs, as `metadata[invoice]=INV-1042` or `metadata.invoice=INV-1042`.',
      param: { style: 'deepObject', explode: true },
    }),
  ...pageQuery,
});

export type Call = z.output<typeof call>;
export type CreatedCall = z.output<typeof createdCall>;
export type CallSummary = z.output<typeof callSummary>;
export type CallPage = z.output<typeof callPage>;
export type CallQuery = z.input<typeof callQuery>;
