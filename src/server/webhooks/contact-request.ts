import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { ServiceCallRequest } from '../../calls/index.ts';
import { type PhoneNumberFacts, parsePhoneNumber } from '../../kernel/phone-number.ts';
import { printable } from '../../kernel/printable.ts';

const words = (most: number) => z.string().trim().min(1).max(most);

/** What a tool may send. An unknown field is refused: a value that is dropped in silence is a call without it. */
export const contactRequest = z.strictObject({
  /** E.164, with spaces for the eye. */
  number: words(40),
  company: words(200).optional(),
  /** The number of the invoice that the call is about. */
  invoice: words(200).optional(),
  variables: z
    .record(
      z.string().regex(/^[A-Za-z_][\w.-]{0,99}$/),
      z.union([z.string().max(2_000), z.number(), z.boolean()]),
    )
    .refine((variables) => Object.keys(variables).length <= 50, 'no more than 50')
    .optional(),
  /** The agent that is to call; the server's own unless given. */
  agent: words(100).optional(),
  /** Why, for the person who looks at the call later. */
  reason: words(500).optional(),
  /** The conversation in which the agent asks; the header `x-conversation-id` says the same. */
  conversationId: words(200).optional(),
});

export type ContactRequest = z.output<typeof contactRequest>;

export type ReadContact =
  | { readonly kind: 'contact'; readonly contact: ContactRequest; readonly to: PhoneNumberFacts }
  /** `say` tells the agent what to give instead; `faults` the operator what was wrong, without values. */
  | { readonly kind: 'faulty'; readonly say: string; readonly faults: readonly string[] };

export function readContact(json: unknown): ReadContact {
  const read = contactRequest.safeParse(json);
  if (!read.success) {
    // An agent chose the names in them: they are long and odd at times, and go to the log and to a voice.
    const faults = read.error.issues
      .slice(0, 20)
      .map((issue) => printable(`${issue.path.join('.') || 'body'}: ${issue.message}`, 200));
    const say = `The call was not scheduled, because the request is not right: ${faults.slice(0, 3).join('; ')}.`;
    return { kind: 'faulty', say, faults };
  }
  const number = parsePhoneNumber(read.data.number);
  if (number.kind === 'number') return { kind: 'contact', contact: read.data, to: number.facts };
  return {
    kind: 'faulty',
    say: 'The call was not scheduled, because the number is not complete: ask for it with plus and the country code.',
    faults: [`number: ${number.why}`],
  };
}

/**
 * The call that is asked for. Company and invoice become variables of it, under the names by which agents know them; what the tool sets as
 * a variable itself goes before.
 */
export function contactCall(
  contact: ContactRequest,
  to: PhoneNumberFacts,
  conversationHeader: string | undefined,
): ServiceCallRequest {
  const { company, invoice, reason, agent } = contact;
  const conversationId = conversationHeader?.slice(0, 200) || contact.conversationId;
  const variables = {
    ...(company === undefined ? {} : { company }),
    ...(invoice === undefined ? {} : { invoice_number: invoice }),
    ...contact.variables,
  };
  const metadata = { company, invoice, reason, askedIn: conversationId };
  return {
    to,
    agentId: agent,
    clientData: Object.keys(variables).length > 0 ? { dynamic_variables: variables } : {},
    record: false,
    redialAfterUnknown: false,
    bypass: {},
    metadata: Object.fromEntries(
      Object.entries(metadata).filter((pair): pair is [string, string] => pair[1] !== undefined),
    ),
    personWaiting: false,
    origin: 'call-contact',
    idempotencyKey: conversationId === undefined ? undefined : keyOf(conversationId, to.number, invoice),
  };
}

/** An agent that asks twice in one conversation means one call, in whatever words it asks. */
function keyOf(conversationId: string, number: string, invoice: string | undefined): string {
  const asked = JSON.stringify([conversationId, number, invoice ?? '']);
  return `contact:${createHash('sha256').update(asked).digest('hex')}`;
}
