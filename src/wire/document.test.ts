import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { compareOperation, type Json, type KnownDifferences } from './document-comparison.ts';
import type { Operation } from './operation.ts';
import { operations } from './operations.ts';

/**
 * Compares each operation with the providers' own documents, which are not in this repository: the folder lies beside it
 * on the machines that build it. It finds what no other test can, a field that we spelled wrong.
 */

const folder = new URL('../../../shared/', import.meta.url);
const documents = {
  elevenlabs: new URL('specs-history/elevenlabs/2026-09-23.json', folder),
  twilio: new URL('cases/specs/twilio/api_v2010.2026-04-14.json', folder),
};

/** Where we know better than the document, by field or path, and why. A key that no longer differs fails a test. */
const knownDifferences: Readonly<Record<'elevenlabs' | 'twilio', KnownDifferences>> = {
  elevenlabs: {
    tool_ids_strict: 'SDK 2.72.0',
    exclude_transcript: 'SDK 2.71.0',
    call_result: 'SDK 2.72.0',
    error_type: 'seen live',
    llm: 'the list of models grows by the week; a wrong one is a 422 and no call',
    analysis_llm: 'as llm',
    reasoning_effort: 'as llm',
    trust_context: 'not used by Donna, checked by the provider',
    'client_events[]': 'not used by Donna, checked by the provider',
    'monitoring_events[]': 'not used by Donna, checked by the provider',
    'importPhoneNumber.provider': 'required by us: it tells the three bodies apart',
  },
  // This document marks no field of a reply as required, and each as nullable.
  twilio: {
    sid: 'always sent',
    status: 'always sent',
    phone_number: 'always sent',
    calls: 'always sent',
    incoming_phone_numbers: 'always sent',
    recordings: 'always sent',
    direction: 'the words are in the description only',
    answered_by: 'the words are in the description only',
    'updateCall.Status': 'Donna changes nothing else',
  },
};

describe('the comparison', () => {
  const op = {
    name: 'open',
    provider: 'elevenlabs',
    method: 'POST',
    path: '/v1/doors',
    summary: '',
    body: z.strictObject({
      door_id: z.string(),
      speed: z.enum(['slow', 'fast']).optional(),
      note: z.string().nullish(),
    }),
    reply: z.looseObject({ opened: z.boolean() }),
    operationId: 'open_door',
    source: { by: 'unverified', of: 'made up' },
  } satisfies Operation;

  function differencesWith(body: Json, reply: Json, path = '/v1/doors'): readonly string[] {
    const content = (schema: Json) => ({ content: { 'application/json': { schema } } });
    const post = { operationId: 'open_door', requestBody: content(body), responses: { 200: content(reply) } };
    return compareOperation(op, { paths: { [path]: { post } } }, {}).differences;
  }

  const text = { type: 'string' };
  const speed = { type: 'string', enum: ['slow', 'fast'] };
  const note = { anyOf: [text, { type: 'null' }] };
  const body = { type: 'object', properties: { door_id: text, speed, note }, required: ['door_id'] };
  const reply = { type: 'object', properties: { opened: { type: 'boolean' } }, required: ['opened'] };

  it('finds nothing where both sides agree', () => {
    expect(differencesWith(body, reply)).toEqual([]);
  });

  it('finds a field that the document does not know', () => {
    const other = { type: 'object', properties: { doorId: text, speed, note }, required: ['doorId'] };
    expect(differencesWith(other, reply)).toContain('open.door_id: no such field');
    expect(differencesWith(other, reply)).toContain('open.doorId: required by the document alone');
  });

  it('finds another word, another type and a null that the document refuses', () => {
    const other = {
      ...body,
      properties: { door_id: { type: 'integer' }, speed: { ...speed, enum: ['slow'] }, note: text },
    };
    expect(differencesWith(other, reply)).toEqual([
      'open.door_id: string is not among integer',
      'open.speed: words on one side only: fast',
      'open.note: null is on one side only',
    ]);
  });

  it('finds a reply that may lack what we need', () => {
    expect(differencesWith(body, { ...reply, required: [] })).toEqual([
      'reply open.opened: required by us alone',
    ]);
  });

  it('finds a path that is not there', () => {
    expect(differencesWith(body, reply, '/v1/door')).toEqual(['POST /v1/doors is not there']);
  });
});

for (const provider of ['elevenlabs', 'twilio'] as const) {
  const path = documents[provider];
  const present = existsSync(path);
  const title = present
    ? `the ${provider} document`
    : `the ${provider} document (skipped: ../shared is absent)`;
  describe.skipIf(!present)(title, () => {
    const document: Json = present ? JSON.parse(readFileSync(path, 'utf8')) : {};
    const own = operations.filter((op) => op.provider === provider);
    const compared = own.map(
      (op) => [op.name, compareOperation(op, document, knownDifferences[provider])] as const,
    );
    it.each(compared)('has %s as we send and read it', (_, { differences }) => {
      expect(differences).toEqual([]);
    });
    it('still differs where we say that it does', () => {
      const met = new Set(compared.flatMap(([, result]) => [...result.met]));
      expect(Object.keys(knownDifferences[provider]).filter((key) => !met.has(key))).toEqual([]);
    });
  });
}
