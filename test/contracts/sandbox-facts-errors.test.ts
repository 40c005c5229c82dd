import { request as httpRequest } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { demo } from '../../src/sandbox/index.ts';
import { operations } from '../../src/wire/operations.ts';
import { type OpenSandbox, openSandbox } from '../fixtures/open-sandbox.ts';

let open: OpenSandbox;
afterEach(() => open.close());

const TWILIO_DIAL = '/v1/convai/twilio/outbound-call';

describe('a request that is wrong', () => {
  it('tells a wrong path from a wrong method', async () => {
    open = await openSandbox();
    for (const path of [
      '/v1/convai/conversation',
      '/v1/convai/conversation/phone',
      '/v1/convai/phone-number/phnum_1/call',
    ]) {
      const reply = await open.request('POST', path, { to_phone_number: '+12125550142' });
      expect([path, reply.status, reply.json]).toEqual([path, 404, { detail: 'Not Found' }]);
    }
    const wrongVerb = await open.request('POST', '/v1/convai/conversations', {});
    expect([wrongVerb.status, wrongVerb.json]).toEqual([405, { detail: 'Method Not Allowed' }]);
    expect(wrongVerb.headers.get('allow')).toBe('GET');
    expect((await open.get(TWILIO_DIAL)).headers.get('allow')).toBe('POST');
    // Path and method are judged before the key.
    expect((await open.request('GET', '/v1/nothing', undefined, {})).status).toBe(404);
    expect((await open.request('DELETE', TWILIO_DIAL, undefined, {})).status).toBe(405);
  });

  it('does not know the underscore path', async () => {
    open = await openSandbox();
    expect((await open.request('POST', '/v1/convai/twilio/outbound_call', {})).status).toBe(404);
  });

  it('refuses keys', async () => {
    open = await openSandbox({
      state: (state) => ({
        ...state,
        account: {
          ...state.account,
          keys: [...state.account.keys, { key: 'narrow', permissions: ['convai_read'] }],
        },
      }),
    });
    const withKey = (method: string, path: string, key?: string) =>
      open.request(method, path, method === 'POST' ? {} : undefined, {
        'content-type': 'application/json',
        ...(key !== undefined && { 'xi-api-key': key }),
      });
    expect(await withKey('GET', '/v1/user')).toMatchObject({
      status: 401,
      json: { detail: { status: 'needs_authorization' } },
    });
    expect(await withKey('GET', '/v1/user', 'wrong')).toMatchObject({
      status: 401,
      json: {
        detail: {
          type: 'authentication_error',
          code: 'unauthorized',
          status: 'invalid_api_key',
          message: 'Invalid API key',
        },
      },
    });
    expect(await withKey('GET', '/v1/user', 'narrow')).toMatchObject({
      status: 401,
      json: {
        detail: {
          status: 'missing_permissions',
          message: expect.stringContaining('permission user_read to'),
        },
      },
    });
    expect((await withKey('GET', '/v1/convai/agents', 'narrow')).status).toBe(200);
    // The key is judged before the body.
    expect(await withKey('POST', TWILIO_DIAL, 'narrow')).toMatchObject({
      status: 401,
      json: { detail: { message: expect.stringContaining('convai_write') } },
    });
    expect(open.sandbox.journal.requests.map((one) => one.status)).toEqual([401, 401, 401, 200, 401]);
    expect(JSON.stringify(open.sandbox.journal)).not.toMatch(/narrow|"wrong"/);
  });

  it('names missing fields', async () => {
    open = await openSandbox();
    const reply = await open.request('POST', TWILIO_DIAL, {
      agent_id: demo.agentId,
      phone_number_id: demo.twilioLineId,
      to_number: '+12125550142',
    });
    expect(reply.status).toBe(422);
    expect(reply.json).toEqual({
      detail: [
        { type: 'missing', loc: ['body', 'agent_phone_number_id'], msg: 'Field required', input: null },
      ],
    });
    const empty = await open.request('POST', TWILIO_DIAL);
    expect(empty.json.detail.map((one: { loc: string[] }) => one.loc[1])).toEqual([
      'agent_id',
      'agent_phone_number_id',
      'to_number',
    ]);
  });

  it('names wrong types and values in the words of pydantic', async () => {
    open = await openSandbox();
    const issue = async (more: Record<string, unknown>) =>
      (await open.dial('+12125550142', more)).json.detail[0];
    expect(await issue({ agent_id: 5 })).toEqual({
      type: 'string_type',
      loc: ['body', 'agent_id'],
      msg: 'Input should be a valid string',
      input: 5,
    });
    const clientData = (value: unknown) => ({ conversation_initiation_client_data: value });
    expect(await issue(clientData('x'))).toMatchObject({ type: 'model_attributes_type' });
    expect(await issue(clientData({ dynamic_variables: [] }))).toMatchObject({ type: 'dict_type' });
    expect(await issue(clientData({ procedure_ids: 'one' }))).toMatchObject({ type: 'list_type' });
    expect(await issue(clientData({ source_info: { source: 'fax' } }))).toMatchObject({
      type: 'literal_error',
      loc: ['body', 'conversation_initiation_client_data', 'source_info', 'source'],
      ctx: { expected: expect.stringContaining("'twilio'") },
    });
    expect(await issue(clientData({ source_info: { version: 'x'.repeat(51) } }))).toMatchObject({
      type: 'string_too_long',
      msg: 'String should have at most 50 characters',
    });
    expect(await issue({ call_recording_enabled: 'perhaps' })).toMatchObject({ type: 'bool_parsing' });
    expect((await open.dial('+12125550142', { call_recording_enabled: 'true' })).status).toBe(200);
    const page = await open.get('/v1/convai/agents?page_size=500');
    expect(page.json.detail[0]).toMatchObject({
      type: 'less_than_equal',
      loc: ['query', 'page_size'],
      ctx: { le: 100 },
    });
    expect((await open.get('/v1/convai/agents?page_size=ten')).json.detail[0]).toMatchObject({
      type: 'int_parsing',
    });
  });

  it('takes any value for a dynamic variable', async () => {
    open = await openSandbox();
    const reply = await open.dial('+12125550142', {
      conversation_initiation_client_data: {
        dynamic_variables: { order: { id: 1 }, nothing: null },
        typo: 1,
      },
    });
    expect(reply.json.success).toBe(true);
    expect(open.sandbox.journal.requests[0]?.ignored).toEqual(['conversation_initiation_client_data.typo']);
  });

  it('bounds and checks bodies', async () => {
    open = await openSandbox();
    const headers = { 'xi-api-key': demo.apiKey, 'content-type': 'application/json' };
    const broken = await open.request('POST', TWILIO_DIAL, '{"agent_id": ', headers);
    expect(broken.status).toBe(422);
    expect(broken.json.detail[0]).toMatchObject({
      type: 'json_invalid',
      loc: ['body', expect.any(Number)],
      msg: 'JSON decode error',
    });
    const list = await open.request('POST', TWILIO_DIAL, '[]', headers);
    expect(list.json.detail).toHaveLength(3);
    const text = await open.request('POST', TWILIO_DIAL, '{}', { ...headers, 'content-type': 'text/plain' });
    expect(text.status).toBe(422);
    expect(await send(open.url, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]))).toMatchObject({
      status: 400,
      text: '{"detail":"There was an error parsing the body"}',
    });
    const huge = await send(open.url, Buffer.alloc(3 * 1024 * 1024, 0x20));
    expect(huge).toMatchObject({ status: 400, text: expect.stringContaining('request_too_large') });
  });

  it('knows no such agent', async () => {
    open = await openSandbox();
    const expected = {
      status: 404,
      json: { detail: { status: 'document_not_found', message: 'Document with id agent_none not found.' } },
    };
    expect(await open.get('/v1/convai/agents/agent_none')).toMatchObject(expected);
    expect(await open.dial('+12125550142', { agent_id: 'agent_none' })).toMatchObject(expected);
  });

  it('knows no such conversation', async () => {
    open = await openSandbox();
    for (const id of ['conv_0000', 'nonsense', '%20']) {
      const { status, json } = await open.get(`/v1/convai/conversations/${id}`);
      expect(status).toBe(404);
      expect(json.detail).toMatchObject({
        type: 'not_found',
        code: 'conversation_not_found',
        status: 'conversation_history_not_found',
        request_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      });
    }
  });

  it('knows no such line', async () => {
    open = await openSandbox();
    const expected = { status: 404, json: { detail: { code: 'phone_number_not_found' } } };
    expect(await open.get('/v1/convai/phone-numbers/phnum_none')).toMatchObject(expected);
    expect(await open.dial('+12125550142', { agent_phone_number_id: 'phnum_none' })).toMatchObject(expected);
    // A number where an id belongs is such an id too.
    expect(await open.dial('+12125550142', { agent_phone_number_id: demo.twilioNumber })).toMatchObject(
      expected,
    );
  });

  it('needs a handler for every operation of the wire', async () => {
    open = await openSandbox();
    for (const operation of operations) {
      const path = operation.path.replace(/\{\w+\}/g, 'none');
      const reply = await open.request(
        operation.method,
        path,
        operation.method === 'GET' ? undefined : {},
        {},
      );
      expect([operation.name, reply.status]).toEqual([operation.name, 401]);
    }
  });

  it('sends an id with every reply, the one that its error names', async () => {
    open = await openSandbox();
    const { headers, json } = await open.get('/v1/convai/conversations/none');
    expect(headers.get('request-id')).toBe(json.detail.request_id);
    expect(headers.get('content-type')).toBe('application/json');
    expect(headers.get('date')).toBe(new Date(open.clock.now()).toUTCString());
  });
});

/** Sends bytes that fetch would not. */
function send(url: string, body: Buffer): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      `${url}${TWILIO_DIAL}`,
      { method: 'POST', headers: { 'xi-api-key': demo.apiKey, 'content-type': 'application/json' } },
      (reply) => {
        const chunks: Buffer[] = [];
        reply.on('data', (chunk: Buffer) => chunks.push(chunk));
        reply.on('end', () =>
          resolve({ status: reply.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}
