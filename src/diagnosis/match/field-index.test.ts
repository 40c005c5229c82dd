import { describe, expect, it } from 'vitest';
import { readApiDocument } from '../spec/read-api-document.ts';
import { fieldIndex } from './field-index.ts';

function bodyOf(schema: object) {
  return { requestBody: { content: { 'application/json': { schema } } } };
}

const document = readApiDocument(
  {
    openapi: '3.1.0',
    info: {},
    paths: {
      '/berths': {
        post: bodyOf({ $ref: '#/components/schemas/Berth' }),
        get: {
          parameters: [
            { in: 'query', name: 'harbour_id' },
            { in: 'header', name: 'X-Trace' },
          ],
        },
      },
      '/pilots': {
        post: bodyOf({
          anyOf: [{ properties: { pilotName: {} } }, { properties: { name: {}, categories: {} } }],
        }),
      },
      '/rings': { post: bodyOf({ $ref: '#/components/schemas/Ring' }) },
    },
    components: {
      schemas: {
        Berth: { allOf: [{ properties: { harbour_id: {}, name: {} } }, { properties: { nights: {} } }] },
        Ring: { allOf: [{ $ref: '#/components/schemas/Ring' }], properties: { name: {} } },
      },
    },
  },
  { kind: 'file', name: 'harbour.json' },
);
const index = fieldIndex(document);
const namesOf = (path: string, method: string) => {
  const operation = document.operations.find((one) => one.path === path && one.method === method);
  if (!operation) throw new Error(`no ${path}`);
  return [...index.namesOf(operation)];
};

describe('fieldIndex', () => {
  it('has the names of a body through references and all its parts', () => {
    expect(namesOf('/berths', 'POST')).toEqual(expect.arrayContaining(['harbour_id', 'name']));
    expect(namesOf('/pilots', 'POST')).toEqual(['pilotName', 'name', 'categories']);
  });

  it('has the parameters of the query, and no others', () => {
    expect(namesOf('/berths', 'GET')).toEqual(['harbour_id']);
  });

  it('comes to an end where a schema holds itself', () => {
    expect(namesOf('/rings', 'POST')).toEqual(['name']);
  });

  it('weighs a name more the fewer operations take it', () => {
    expect(index.weightOf('pilotName')).toBeGreaterThan(index.weightOf('harbour_id'));
    expect(index.weightOf('harbour_id')).toBeGreaterThan(index.weightOf('name'));
    expect(index.weightOf('never_seen')).toBeGreaterThan(index.weightOf('pilotName'));
  });

  it('finds the names that share a word, however they are written', () => {
    expect(index.alike('name_of_pilot')).toEqual(expect.arrayContaining(['name', 'pilotName']));
    expect(index.alike('category')).toEqual(['categories']);
    expect(index.alike('pilots')).toEqual(['pilotName']);
    expect(index.alike('colour')).toEqual([]);
  });

  it('takes no part of a word for the word', () => {
    expect(index.alike('ilo')).toEqual([]);
    expect(index.alike('am')).toEqual([]);
  });

  it('is made once of a document', () => {
    expect(fieldIndex(document)).toBe(index);
  });
});
