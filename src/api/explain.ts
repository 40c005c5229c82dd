import * as z from 'zod';

/** Bytes of the body of `POST /v1/explain`: documents are large. */
export const MOST_EXPLAIN_BYTES = 8 * 1024 * 1024;

const reply = z
  .strictObject({
    status: z.int().min(100).max(599).optional(),
    headers: z.record(z.string(), z.string()).optional(),
    body: z.unknown().meta({ description: 'As JSON where it is, else as text.' }),
  })
  .partial()
  .meta({ description: 'What came back, as far as it is known.', examples: [{ status: 404 }] });

const ways = ['exchange', 'curl', 'har'] as const;

/** A request to explain, and the documents of its API: the body of `POST /v1/explain`. */
export const explainRequest = z
  .strictObject({
    exchange: z
      .strictObject({ request: z.looseObject({}), reply: reply.optional() })
      .optional()
      .meta({
        description:
          'A request as JSON: `method`, `url` (or `host`, `path`, `query`), `headers`, `contentType`, `body`. What is left out is not judged.',
        examples: [
          {
            request: {
              method: 'POST',
              url: 'https://api.elevenlabs.io/v1/convai/twilio/outbound_call',
              body: { agent_id: 'agent_7x2k' },
            },
            reply: { status: 404, body: { detail: 'Not Found' } },
          },
        ],
      }),
    curl: z.string().min(1).max(1_000_000).optional().meta({
      description: 'A curl command, as copied from a terminal or a browser. It is read, never run.',
    }),
    har: z.looseObject({}).optional().meta({ description: 'One entry of a HAR.' }),
    reply: reply.optional().meta({ description: 'What came back, with `curl`.' }),
    documents: z
      .array(z.union([z.string().min(1).max(200), z.looseObject({})]))
      .min(1)
      .max(10)
      .optional()
      .meta({
        description:
          'OpenAPI 3 documents as objects, or names: those of DONNA_EXPLAIN_DOCUMENTS, and `elevenlabs` and `twilio` for what Donna herself uses of them. Left out: the one of the request’s host. Nothing is ever fetched.',
        examples: [['elevenlabs']],
      }),
  })
  .refine((given) => ways.filter((way) => given[way] !== undefined).length === 1, {
    message: 'Give one of exchange, curl and har',
  })
  .refine((given) => given.reply === undefined || given.curl !== undefined, {
    message: 'It goes with curl; an exchange and a HAR have their own',
    path: ['reply'],
  })
  .meta({ id: 'ExplainRequest', description: 'A request, and the documents of its API.' });

const hypothesis = z.looseObject({
  method: z.string(),
  path: z.string(),
  fullPath: z.string(),
  confidence: z.number(),
});

/** Why a request fails. docs/explanation.schema.json has every member. */
export const explanation = z
  .looseObject({
    format: z.literal('donna-explanation-1'),
    verdict: z.enum(['wrong', 'nothing-wrong', 'cannot-tell']),
    answer: z.array(z.string()).meta({ description: 'The answer, in at most three lines.' }),
    documents: z.array(z.looseObject({ title: z.string() })),
    request: z.looseObject({}).meta({ description: 'As it was sent; secrets are names of variables.' }),
    operation: hypothesis.optional().meta({ description: 'What was meant.' }),
    alternatives: z.array(hypothesis),
    findings: z.array(
      z.looseObject({
        rule: z.string(),
        severity: z.enum(['error', 'warning', 'note']),
        message: z.string(),
        confidence: z.number(),
      }),
    ),
    fieldMap: z.record(z.string(), z.string()).meta({ description: 'Sent name to right name.' }),
    fix: z.looseObject({}).optional().meta({ description: 'The corrected request.' }),
  })
  .meta({
    id: 'Explanation',
    description: 'Why a request fails, and what to send instead: docs/explanation.schema.json, whole.',
  });

export type ExplainRequest = z.output<typeof explainRequest>;
export type ExplainRequestInput = z.input<typeof explainRequest>;
