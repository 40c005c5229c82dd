import * as z from 'zod';
import { type ProblemCode, problemCodes } from './problem-codes.ts';

const codes = Object.keys(problemCodes) as [ProblemCode, ...ProblemCode[]];

/** One fault of a request. */
export const fault = z
  .looseObject({
    pointer: z
      .string()
      .optional()
      .meta({
        description: 'Where in the body, as a JSON Pointer (RFC 6901).',
        examples: ['/retry/busy/maxAttempts'],
      }),
    parameter: z
      .string()
      .optional()
      .meta({ description: 'The query parameter, header or part of the path.' }),
    detail: z.string().meta({ description: 'What is wrong, in a sentence.' }),
  })
  .meta({ id: 'Fault' });

/** What a check found against a call. */
export const problemFinding = z
  .looseObject({
    rule: z.string(),
    severity: z.enum(['error', 'warning']),
    where: z.string(),
    evidence: z.string(),
    fix: z.string(),
  })
  .meta({
    id: 'Finding',
    description: 'What a check found: the rule, where, what was seen, and the next step.',
  });

/** Why a provider refused a request of Donna's. */
export const failureExplanation = z
  .looseObject({
    verdict: z.enum(['wrong', 'nothing-wrong', 'cannot-tell']).meta({
      description:
        '`nothing-wrong`: the request is as the API’s document says; the refusal has another cause.',
    }),
    answer: z
      .array(z.string())
      .meta({ description: 'At most three lines. No value of the request is in them.' }),
    rules: z.array(z.string()).meta({ description: 'Names of the rules that found something.' }),
    operation: z
      .string()
      .optional()
      .meta({ description: 'What was meant.', examples: ['POST /v1/convai/twilio/outbound-call'] }),
    fieldMap: z.record(z.string(), z.string()).meta({ description: 'Sent name to right name.' }),
    document: z.string().meta({ description: 'The document that it rests on.' }),
    more: z.string().optional().meta({ description: 'A command that says more.' }),
  })
  .meta({ id: 'FailureExplanation', description: 'Why a provider refused a request of Donna’s.' });

/** Every refusal of the API: problem+json (RFC 9457) with a stable code and the next step. */
export const problem = z
  .looseObject({
    type: z.string().meta({ examples: ['urn:donna:problem:bad-input'] }),
    title: z.string(),
    status: z.int(),
    code: z.enum(codes).meta({ description: 'Stable; programs tell problems apart by it.' }),
    detail: z.string().meta({ description: 'What happened this time, in a sentence.' }),
    hint: z.string().optional().meta({ description: 'The next step, in a sentence.' }),
    requestId: z.string().meta({ description: 'The id under which the server’s log has the request.' }),
    errors: z.array(fault).optional().meta({ description: 'Every fault of the request.' }),
    findings: z.array(problemFinding).optional().meta({ description: 'What speaks against the call.' }),
    explanation: failureExplanation
      .optional()
      .meta({ description: 'Where a provider refused a request of Donna’s: why.' }),
  })
  .meta({ id: 'Problem', description: 'A refusal (RFC 9457).' });

export type Fault = z.output<typeof fault>;
export type Problem = z.output<typeof problem>;
