import { describe, expect, it } from 'vitest';
import { operations } from '../../wire/operations.ts';
import { drift } from './drift.ts';
import { operationParameters } from './operation-parameters.ts';
import { readApiDocument } from './read-api-document.ts';
import { readDocument } from './read-document.ts';
import { readOperations } from './read-operations.ts';
import { wireDocument } from './wire-document.ts';

const providers = ['elevenlabs', 'twilio'] as const;

describe.each(providers)('the document made from the wire of %s', (provider) => {
  const root = wireDocument(provider);
  const own = operations.filter((one) => one.provider === provider);

  it('has each operation, and no drift from the wire', () => {
    const read = readDocument(root);
    if (read.kind !== 'document') throw new Error(read.why);
    expect(read.model.operations).toHaveLength(own.length);
    expect(drift(readOperations(own), read.model)).toEqual([]);
    expect(drift(read.model, readOperations(own))).toEqual([]);
  });

  it('is plain JSON without references, and can be read as any other', () => {
    const text = JSON.stringify(root);
    expect(text).not.toContain('"$ref"');
    expect(JSON.parse(text)).toEqual(root);
    const document = readApiDocument(root, { kind: 'wire', name: 'the wire' });
    expect(document.servers.map(({ host }) => host)).toEqual([
      `api.${provider}.${provider === 'twilio' ? 'com' : 'io'}`,
    ]);
    expect(document.operations.every((operation) => operation.security().length === 1)).toBe(true);
  });
});

describe('wireDocument', () => {
  it('says what a call takes, in the encoding that its provider takes it', () => {
    const document = readApiDocument(wireDocument('elevenlabs'), { kind: 'wire', name: 'the wire' });
    const dial = document.operations.find(({ operationId }) => operationId === 'handle_twilio_outbound_call');
    if (!dial) throw new Error('the wire dials');
    const { required } = operationParameters(document, dial);
    expect(required.map(({ name }) => name)).toEqual(['agent_id', 'agent_phone_number_id', 'to_number']);
    expect(dial.body()?.contents[0]?.shape().rest).toBe('ignored');

    const carrier = readApiDocument(wireDocument('twilio'), { kind: 'wire', name: 'the wire' });
    const bodies = carrier.operations.flatMap((operation) => operation.body()?.contents ?? []);
    expect(bodies.map(({ type }) => type)).toEqual(['application/x-www-form-urlencoded']);
  });
});
