import { describe, expect, it } from 'vitest';
import { readCurl } from './exchange/read-curl.ts';
import { writeCurl } from './exchange/write-curl.ts';
import { explain } from './explain.ts';
import { readApiDocument } from './spec/read-api-document.ts';

const text = { type: 'string' };
const document = readApiDocument(
  {
    openapi: '3.1.0',
    info: { title: 'Phones', version: '1' },
    servers: [{ url: 'https://api.phones.example' }],
    paths: {
      '/v1/outbound-calls': {
        post: {
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['phone_number_id', 'to_number'],
                  properties: {
                    phone_number_id: text,
                    to_number: text,
                    label: text,
                    record: { type: 'string', enum: ['after-answer'] },
                  },
                },
              },
            },
          },
          responses: {},
        },
      },
      '/v1/phone-numbers/{phone_number_id}': {
        get: {
          parameters: [{ name: 'phone_number_id', in: 'path', required: true, schema: text }],
          responses: {},
        },
      },
    },
  },
  { kind: 'given', name: 'phones.json' },
);

function told(command: string, status?: number) {
  return explain({ request: readCurl(command).request, ...(status ? { reply: { status } } : {}) }, [
    document,
  ]);
}

describe('the corrected request', () => {
  it('leaves a value open that is plainly another thing, also where its name and the path change', () => {
    const body = '{"number_id": "+12125550142", "to_number": "+12125550143"}';
    for (const path of ['outbound-calls', 'outbound_calls']) {
      const { fix, findings } = told(`curl https://api.phones.example/v1/${path} --json '${body}'`, 404);
      expect(fix?.request.body).toEqual({
        kind: 'json',
        value: { phone_number_id: '<phone_number_id>', to_number: '+12125550143' },
      });
      expect(fix?.holes).toEqual([
        { name: 'phone_number_id', place: { in: 'body', steps: ['phone_number_id'] }, expects: 'an id' },
      ]);
      expect(findings.map(({ message }) => message)).toContainEqual(
        expect.stringMatching(/^`phone_number_id` is a phone number; what is due is an id/),
      );
    }
  });

  it('does not put a value into quotes that is none of those allowed', () => {
    const body = '{"phone_number_id": "pn_17", "to_number": "+12125550143", "record": true}';
    const { findings, fix } = told(`curl https://api.phones.example/v1/outbound-calls --json '${body}'`);
    expect(findings.map((one) => one.fix)).toEqual(['Send `record` as "after-answer".']);
    expect(fix).toMatchObject({
      request: { body: { value: { record: '<record>' } } },
      holes: [{ name: 'record', expects: '"after-answer"' }],
    });
  });

  it('carries an id over', () => {
    const body = '{"number_id": "pn_17", "to_number": "+12125550143"}';
    const { fix } = told(`curl https://api.phones.example/v1/outbound-calls --json '${body}'`);
    expect(fix).toMatchObject({ request: { body: { value: { phone_number_id: 'pn_17' } } }, holes: [] });
  });

  it('gives a phone number of a form its plus back, also under its right name', () => {
    const url = 'https://api.phones.example/v1/outbound-calls';
    for (const field of ['to_number', 'toNumber']) {
      const { answer, findings, fix } = told(`curl ${url} -d phone_number_id=pn_17 -d ${field}=+12125550143`);
      expect(findings.filter(({ rule }) => rule === 'wrong-format').map(({ message }) => message)).toEqual([
        '`to_number` lost its plus: unescaped, a `+` arrives as a space.',
      ]);
      expect(fix).toMatchObject({ request: { body: { value: { to_number: '+12125550143' } } }, holes: [] });
      expect(answer.at(-1)).toContain('Write the plus of a phone number as `%2B`');
    }
    const escaped = told(`curl ${url} -d phone_number_id=pn_17 --data-urlencode to_number=+12125550143`);
    expect(escaped.findings.map(({ rule }) => rule)).toEqual(['wrong-content-type']);
  });

  it('leaves a wrong value of the path open, to be seen as it is', () => {
    const { fix } = told('curl https://api.phones.example/v1/phone-numbers/+12125550142', 404);
    expect(fix?.request.path).toBe('/v1/phone-numbers/<phone_number_id>');
    expect(fix && writeCurl(fix.request, fix.holes)).toContain(
      "curl 'https://api.phones.example/v1/phone-numbers/<phone_number_id>'",
    );
  });
});
