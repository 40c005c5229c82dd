import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../kernel/errors.ts';
import type { ApiDocument } from './api-document.ts';
import { describeOperation } from './describe-operation.ts';
import { diffDocuments } from './diff-documents.ts';
import { findOperation } from './find-operation.ts';
import { createHistory, pastOf } from './history.ts';
import { readApiDocument } from './read-api-document.ts';
import { remoteReferences } from './remote-references.ts';
import { searchOperations } from './search.ts';

/** Words of the standard in places where they do not belong, references into themselves, and the names of prototypes. */
const names = fc.constantFrom(
  ...[
    'type',
    'properties',
    'required',
    'items',
    'allOf',
    'anyOf',
    'oneOf',
    'enum',
    'const',
    '$ref',
    'format',
  ],
  ...['description', 'deprecated', 'additionalProperties', 'nullable', 'in', 'name', 'schema', 'content'],
  ...['__proto__', 'constructor', 'toString', 'a', ''],
);
const scalars = fc.constantFrom<unknown>(
  ...['object', 'array', 'string', 'query', 'path', 'a', 'Deprecated. Use `GET /b` instead.', '', '#', '#A'],
  ...['#/components/schemas/a', '#/components/schemas/b', '#/paths/~1a/post', 'other.yaml#/a', '#/%zz'],
  ...[null, true, 0, -1.5],
);
const { junk } = fc.letrec((tie) => ({
  junk: fc.oneof(
    { depthSize: 'small' },
    scalars,
    fc.array(tie('junk'), { maxLength: 4 }),
    fc
      .array(fc.tuple(names, tie('junk')), { maxLength: 5 })
      .map((entries) =>
        JSON.parse(`{${entries.map((one) => one.map((part) => JSON.stringify(part)).join(':'))}}`),
      ),
  ),
}));

const operation = fc.record(
  {
    operationId: fc.oneof(fc.constant('x'), junk),
    summary: fc.oneof(fc.constant('Read it'), junk),
    description: junk,
    deprecated: junk,
    tags: junk,
    parameters: junk,
    requestBody: fc.oneof(
      junk,
      junk.map((schema) => ({ content: { 'application/json': { schema } } })),
    ),
    responses: fc.oneof(
      junk,
      junk.map((schema) => ({ 200: { content: { 'application/json': { schema } } } })),
    ),
    security: junk,
    servers: junk,
  },
  { requiredKeys: [] },
);
const documents = fc
  .record({
    openapi: fc.constant('3.1.0'),
    info: junk,
    servers: junk,
    paths: fc.dictionary(
      fc.constantFrom('/a', '/a/{id}', '/b', '/v1/{a}{b}.json', '', '__proto__'),
      fc.oneof(
        junk,
        fc.dictionary(fc.constantFrom('get', 'post', 'parameters', '$ref'), fc.oneof(operation, junk)),
      ),
    ),
    components: fc.record({ schemas: fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), junk) }),
  })
  .map((root): ApiDocument | undefined => {
    try {
      return readApiDocument(root, { kind: 'given', name: 'any' });
    } catch (error) {
      if (error instanceof AppError) return undefined;
      throw error;
    }
  });

describe('any document that is OpenAPI by its first words', () => {
  it('can be described, searched, compared with another and followed through time', () => {
    fc.assert(
      fc.property(documents, documents, (old, next) => {
        if (!old || !next) return;
        for (const one of old.operations) {
          expect(JSON.stringify(describeOperation(old, one))).toContain(one.method);
          findOperation(next, one.method, one.path);
        }
        searchOperations(old, ['read', 'a', '__proto__']);
        remoteReferences(old.root);
        expect(diffDocuments(old, old)).toEqual([]);
        for (const change of diffDocuments(old, next)) expect(change.operations.length).toBeGreaterThan(0);
        const history = createHistory([
          { date: '2025-01-01', document: old },
          { date: '2025-02-01', document: next },
        ]);
        for (const one of old.operations)
          expect(pastOf(history, one.method, one.path).oldest).toBe('2025-01-01');
      }),
      { numRuns: 100 },
    );
  });
});
