import { describe, expect, it } from 'vitest';
import type { ReceivedReply, SentRequest } from './exchange/exchange.ts';
import { readCurl } from './exchange/read-curl.ts';
import { explain } from './explain.ts';
import { readApiDocument } from './spec/read-api-document.ts';

const text = { type: 'string' };
const root = {
  openapi: '3.1.0',
  info: { title: 'Doors, as far as we use it', version: '1' },
  servers: [{ url: 'https://api.doors.example' }],
  paths: {
    '/v1/doors.json': {
      get: {
        summary: 'List the doors',
        parameters: [
          { name: 'Color', in: 'query', schema: text },
          { name: 'Floor', in: 'query', schema: text },
        ],
        responses: {},
      },
    },
    '/v1/doors/{door_id}/open': {
      post: {
        summary: 'Open a door',
        parameters: [{ name: 'door_id', in: 'path', required: true, schema: text }],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { type: 'object', properties: { reason: text } } } },
        },
        responses: {},
      },
    },
  },
};
const partial = readApiDocument(root, { kind: 'wire', name: 'src' });
const whole = readApiDocument(root, { kind: 'file', name: 'doors.json' });

function told(request: SentRequest, reply?: ReceivedReply, document = partial) {
  return explain({ request, ...(reply ? { reply } : {}) }, [document]);
}

const create = readCurl(
  'curl https://api.doors.example/v1/doors.json -d Color=red -d Floor=2 -d Handle=left',
).request;
const opened = (path: string, method = 'POST') =>
  readCurl(`curl -X ${method} https://api.doors.example/v1/${path} --json '{"reason": "mail"}'`).request;

describe('a document of a part of an API', () => {
  it('does not make another method of a known path wrong', () => {
    const { verdict, answer, findings, alternatives } = told(create);
    expect(verdict).toBe('cannot-tell');
    expect(answer).toEqual([
      'POST /v1/doors.json is not in the document that is known (Doors, as far as we use it), and may be right.',
      'Give the whole document of the API (--spec) to have it judged.',
    ]);
    expect([...findings, ...alternatives]).toEqual([]);
    expect(told(create, undefined, whole).verdict).toBe('wrong');
  });

  it('makes it wrong where the provider says so, or all that was sent fits', () => {
    expect(told(create, { status: 405 }).findings[0]).toMatchObject({ rule: 'wrong-method' });
    expect(told(opened('doors/d1/open', 'PUT')).findings[0]).toMatchObject({
      rule: 'wrong-method',
      message: 'Doors, as far as we use it, has `/v1/doors/{door_id}/open` with POST, and PUT was sent.',
    });
  });

  it('says of a path that the whole API may have it, unless the provider did not know it or took it', () => {
    expect(told(opened('doors/d1/opens')).answer[0]).toBe(
      'Doors, as far as we use it, has no path `/v1/doors/d1/opens`; the whole API may have it.',
    );
    expect(told(opened('doors/d1/opens'), { status: 404 }).answer[0]).toBe(
      'Doors, as far as we use it, has no path `/v1/doors/d1/opens`.',
    );
    expect(told(opened('doors/d1/opens'), { status: 200 }).verdict).toBe('cannot-tell');
    expect(told(opened('doors/d1/opens'), undefined, whole).answer[0]).toBe(
      'Doors, as far as we use it has no path `/v1/doors/d1/opens`.',
    );
  });

  it('does not say that a field it lacks has no effect', () => {
    const { request } = readCurl(
      `curl https://api.doors.example/v1/doors/d1/open --json '{"reason": "mail", "colour_of_light": 7}'`,
    );
    expect(told(request).findings.map(({ message }) => message)).toEqual([
      'The operation has no `colour_of_light`: Donna does not use it, and whether it has an effect is not known.',
    ]);
  });
});
