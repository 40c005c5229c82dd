import * as z from 'zod';
import { readErrorBody } from '../../wire/elevenlabs/error.ts';
import { dialExotel, dialSipTrunk, dialTwilio } from '../../wire/elevenlabs/outbound-call.ts';
import { listPhoneNumbers } from '../../wire/elevenlabs/phone-number.ts';
import { linesRead } from './account-reads.ts';
import type { Answer, Check, CheckContext, CheckResult } from './check.ts';
import { liveWord } from './live-word.ts';
import type { CallPath, ProbeRequest } from './probe.ts';
import { readBody, seen } from './read-answer.ts';

const endpoints = [
  { provider: 'twilio', path: '/v1/convai/twilio/outbound-call', operation: dialTwilio },
  { provider: 'sip_trunk', path: '/v1/convai/sip-trunk/outbound-call', operation: dialSipTrunk },
  { provider: 'exotel', path: '/v1/convai/exotel/outbound-call', operation: dialExotel },
] as const satisfies readonly { provider: string; path: CallPath; operation: { body?: z.ZodType } }[];

type Problem = { readonly text: string; readonly fix: string; readonly grave: boolean };

/** Asks each endpoint with an empty body: a 422 is the proof that it is there, and no phone can ring. */
export const callEndpoints: Check = {
  name: 'call-endpoints',
  title: 'The endpoints that place calls are there',
  needs: ['key'],
  async run(context): Promise<CheckResult> {
    const used = await usedProviders(context);
    const asked = await Promise.all(
      endpoints.map(async ({ provider, path, operation }) => {
        const request: ProbeRequest = { method: 'POST', provider: 'elevenlabs', path };
        const answer = await context.ask(request);
        const problem = problemOf(path, answer, requiredFields(operation.body));
        return { provider, problem, statement: seen(request, answer) };
      }),
    );
    const evidence = asked.map(({ statement }) => statement);
    // An endpoint that none of the account's lines needs may be missing without harm.
    const problems = asked.flatMap(({ provider, problem }) =>
      problem ? [{ ...problem, grave: problem.grave && (used?.has(provider) ?? true) }] : [],
    );
    const facts = {
      endpoints: endpoints.map(({ path }) => path),
      problems: problems.map(({ text }) => text),
    };
    if (problems.length === 0) {
      return {
        status: 'ok',
        summary: 'all three answer an empty body with 422, as they should',
        evidence,
        follows: 'Path, method and key are right, so look into the body of the request.',
        facts,
      };
    }
    return {
      status: problems.some(({ grave }) => grave) ? 'failed' : 'warning',
      summary: problems.map(({ text }) => text).join('; '),
      evidence,
      fix: [...new Set(problems.map(({ fix }) => fix))].join(' '),
      facts,
    };
  },
};

function problemOf(path: string, answer: Answer, required: readonly string[]): Problem | undefined {
  const name = `POST ${path}`;
  const look = 'See the check document for what the API has now, and update Donna.';
  switch (liveWord(answer)) {
    case 'no-such-path':
      return { text: `${name} does not exist (404)`, fix: look, grave: true };
    case 'wrong-method':
      return { text: `${name} exists with another method (405)`, fix: look, grave: true };
    case 'no-permission':
      return {
        text: `the key has no permission for ${name}`,
        fix: 'Give the key convai_write (elevenlabs.io, Developers, API keys).',
        grave: true,
      };
    case 'unknown':
      return { text: `${name} gave no verdict`, fix: 'Diagnose again in a minute.', grave: false };
    case 'exists':
      return unlike(name, answer, required, look);
  }
}

/** A 422 names the fields that must be there: the provider's live word on our own idea of the request. */
function unlike(
  name: string,
  answer: Answer,
  required: readonly string[],
  look: string,
): Problem | undefined {
  if (answer.kind !== 'reply') return undefined;
  if (answer.status !== 422) {
    const text = `${name} answers an empty body with ${answer.status} and not with 422`;
    return { text, fix: look, grave: false };
  }
  const asked = (readErrorBody(answer.body).issues ?? [])
    .filter(({ type, loc }) => type === 'missing' && loc[0] === 'body' && loc.length === 2)
    .map(({ loc }) => String(loc[1]));
  const unknown = asked.filter((field) => !required.includes(field));
  if (unknown.length === 0) return undefined;
  return { text: `${name} now requires ${unknown.join(', ')}`, fix: look, grave: true };
}

function requiredFields(body: z.ZodType | undefined): string[] {
  if (!(body instanceof z.ZodObject)) return [];
  return Object.entries(body.shape).flatMap(([name, field]) => (field.isOptional() ? [] : [name]));
}

/** The providers of the account's lines; `undefined` where the lines cannot be read. */
async function usedProviders({ ask }: CheckContext): Promise<ReadonlySet<string> | undefined> {
  const lines = readBody(await ask(linesRead), listPhoneNumbers.reply);
  if (lines.kind === 'unreadable' || lines.value.length === 0) return undefined;
  return new Set(lines.value.flatMap(({ provider }) => provider ?? []));
}
