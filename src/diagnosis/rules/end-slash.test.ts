import { describe, expect, it } from 'vitest';
import { readCurl } from '../exchange/read-curl.ts';
import { explain } from '../explain.ts';
import { readApiDocument } from '../spec/read-api-document.ts';

const get = (summary: string, parameters: unknown[] = []) => ({
  get: { summary, parameters, responses: {} },
});
const id = { name: 'lamp_id', in: 'path', required: true, schema: { type: 'string' } };
const document = readApiDocument(
  {
    openapi: '3.1.0',
    info: { title: 'Lamps', version: '1' },
    servers: [{ url: 'https://api.lamps.example/v1' }],
    paths: { '/lamps/': get('List the lamps'), '/lamps/{lamp_id}': get('Read a lamp', [id]) },
  },
  { kind: 'given', name: 'lamps.json' },
);

function told(path: string, status: number) {
  const { request } = readCurl(`curl https://api.lamps.example/v1/${path}`);
  const { answer, fix, verdict } = explain({ request, reply: { status } }, [document]);
  return { first: answer[0], last: answer.at(-1), path: fix?.request.path, verdict };
}

describe('a slash at the end of a path', () => {
  it('is asked for where the document has it and the provider does not know the path', () => {
    expect(told('lamps', 404)).toEqual({
      verdict: 'wrong',
      first:
        'The path has no slash at its end, and in the document it has; many servers take these for two paths.',
      last: 'Send the request to `/v1/lamps/`.',
      path: '/v1/lamps/',
    });
  });

  it('is too much where the document does not have it', () => {
    expect(told('lamps/lamp_1/', 308)).toMatchObject({
      first: expect.stringMatching(/^The path ends with a slash/),
      path: '/v1/lamps/lamp_1',
    });
  });

  it('is as good as none where nothing speaks against it', () => {
    expect([told('lamps', 200).verdict, told('lamps/', 404).verdict]).toEqual([
      'nothing-wrong',
      'nothing-wrong',
    ]);
  });

  it('is kept by the corrected request', () => {
    expect(told('lamp', 404).path).toBe('/v1/lamps/');
  });
});
