import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from './openapi-document.ts';
import { routes } from './routes.ts';

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly {
    name: string;
    in: string;
    required: boolean;
    schema: unknown;
    style?: string;
  }[];
  readonly requestBody?: { readonly content: Record<string, { schema: { $ref: string } }> };
  readonly responses: Record<string, { description: string; content?: Record<string, unknown> }>;
}

const document = openApiDocument('1.2.3') as {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { examples?: unknown[] }> };
};
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
);

describe('the OpenAPI document', () => {
  it('has every route once, under its operation id, and nothing else', () => {
    expect(
      operations.map(({ path, method, operation }) => [operation.operationId, method, path]).sort(),
    ).toEqual(
      Object.entries(routes)
        .map(([name, { method, path }]) => [name, method.toLowerCase(), path])
        .sort(),
    );
  });

  it('is OpenAPI 3.1, and every reference in it leads somewhere', () => {
    expect(document.openapi).toBe('3.1.0');
    const references = JSON.stringify(document).match(/"\$ref":"[^"]+"/g) ?? [];
    expect(references.length).toBeGreaterThan(50);
    for (const reference of new Set(references)) {
      const name = /"#\/components\/schemas\/(\w+)"$/.exec(reference)?.[1];
      expect(document.components.schemas).toHaveProperty([name ?? reference]);
    }
  });

  it('describes every parameter of a path, and no other', () => {
    for (const { path, operation } of operations) {
      const named = Array.from(path.matchAll(/\{(\w+)\}/g), (match) => match[1]);
      const described = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      expect(described.map(({ name }) => name)).toEqual(named);
      expect(described.every(({ required }) => required)).toBe(true);
    }
  });

  it('says how the pairs of metadata are written in a query', () => {
    const list = document.paths['/v1/calls']?.get;
    expect(list?.parameters?.find(({ name }) => name === 'metadata')).toMatchObject({ style: 'deepObject' });
  });

  it('gives every refusal as problem+json', () => {
    for (const { operation } of operations) {
      for (const [status, { content }] of Object.entries(operation.responses)) {
        if (Number(status) >= 400 && operation.operationId !== 'readyz')
          expect(Object.keys(content ?? {})).toEqual(['application/problem+json']);
      }
    }
  });

  it('has schemas that are JSON Schema 2020-12, and examples that fit them', () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(ajv);
    ajv.addSchema({ $id: 'donna', components: document.components });
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      const validate = ajv.compile({ $ref: `donna#/components/schemas/${name}` });
      for (const example of schema.examples ?? []) {
        validate(example);
        expect(validate.errors ?? []).toEqual([]);
      }
    }
  });
});
