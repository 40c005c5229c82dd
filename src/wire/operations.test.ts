import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { operations } from './operations.ts';

describe('the operations', () => {
  it('are all that the files of the wire declare', () => {
    const declared = ['elevenlabs', 'twilio'].flatMap((provider) => {
      const folder = new URL(`./${provider}/`, import.meta.url);
      return readdirSync(folder)
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
        .flatMap((file) => [
          ...readFileSync(new URL(file, folder), 'utf8').matchAll(/export const (\w+) = operation\(/g),
        ])
        .map((match) => match[1]);
    });
    expect(operations.map((op) => op.name).sort()).toEqual(declared.sort());
  });

  it('have a name and an address of their own', () => {
    expect(new Set(operations.map((op) => op.name)).size).toBe(operations.length);
    expect(new Set(operations.map((op) => `${op.method} ${op.path}`)).size).toBe(operations.length);
  });

  it('say where they come from and what the provider calls them', () => {
    for (const op of operations) {
      expect(op.source.of).toContain(op.operationId);
      expect(op.summary).not.toBe('');
    }
  });

  it('refuse what they do not know in queries and bodies, and let it pass in replies', () => {
    const closed = (schema: z.ZodType) =>
      JSON.stringify(z.toJSONSchema(schema, { io: 'input' })).includes('"additionalProperties":false');
    for (const op of operations) {
      for (const sent of [op.query, op.body]) if (sent !== undefined) expect(closed(sent)).toBe(true);
      if (op.replyType === undefined) expect(closed(op.reply)).toBe(false);
    }
  });
});
