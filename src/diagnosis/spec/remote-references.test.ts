import { describe, expect, it } from 'vitest';
import { remoteReferences, remoteReferencesNote } from './remote-references.ts';

describe('remoteReferences', () => {
  it('counts what leads out of the document and names the first few, each once', () => {
    const far = ['b.yaml#/X', 'b.yaml#/X', 'https://api.example/c.json', 'd', 'e', 'f', 'g'];
    const root = { near: { $ref: '#/far' }, far: far.map(($ref) => ({ $ref })) };
    expect(remoteReferences(root)).toEqual({
      count: 7,
      first: ['b.yaml#/X', 'https://api.example/c.json', 'd', 'e', 'f'],
    });
    expect(remoteReferencesNote(remoteReferences(root))).toBe(
      '7 parts of the document lie elsewhere and are not read: b.yaml#/X, https://api.example/c.json, d, e, f, …',
    );
  });

  it('has nothing to say of a document that is whole', () => {
    expect(remoteReferencesNote(remoteReferences({ a: { $ref: '#/b' }, $refs: 'x' }))).toBeUndefined();
  });

  it('ends on an object that holds itself, and on one with many members', () => {
    const root: Record<string, unknown> = { list: new Array(300_000).fill({ $ref: 'x' }) };
    root.self = root;
    expect(remoteReferences(root).count).toBe(1);
  });
});
