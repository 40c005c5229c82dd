import { describe, expect, it } from 'vitest';
import { behind, fetch, json, sandbox, settings } from './run-diagnose.ts';

describe('donna diagnose on endpoints', () => {
  it('tells the wrong endpoints of the past with what to use instead', async () => {
    const world = await sandbox();
    const { byName } = await json(['--only', 'wrong-endpoints'], settings(world.url));
    const endpoints = byName['wrong-endpoints']?.facts?.endpoints as {
      endpoint: string;
      verdict: unknown;
      instead: string;
    }[];
    expect(endpoints.map(({ endpoint, verdict }) => [endpoint, verdict])).toEqual([
      ['POST /v1/convai/conversation', { kind: 'never-existed', otherMethods: [] }],
      ['POST /v1/convai/conversations', { kind: 'never-existed', otherMethods: ['GET'] }],
      ['POST /v1/convai/conversation/phone', { kind: 'never-existed', otherMethods: [] }],
      ['POST /v1/convai/phone-number/{id}/call', { kind: 'never-existed', otherMethods: [] }],
    ]);
    for (const { instead } of endpoints) expect(instead).toContain('POST /v1/convai/twilio/outbound-call');
  });

  it('sends nothing but an empty object to the endpoints that dial, and rings nobody', async () => {
    const world = await sandbox();
    const bodies: string[] = [];
    const url = await behind(world, ({ method, body }) => {
      if (method === 'POST') bodies.push(body);
      return undefined;
    });
    const { exitCode } = await json([], settings(url));
    expect(exitCode).toBe(0);
    expect(bodies).toEqual(Array(7).fill('{}'));
    expect(world.journal.rings).toEqual([]);
  });

  it('tells 404 and 405 apart where an endpoint that dials should be', async () => {
    const world = await sandbox();
    world.faults.add({
      operation: 'dialTwilio',
      fault: { kind: 'status', status: 404, body: { detail: 'Not Found' } },
    });
    world.faults.add({
      operation: 'dialSipTrunk',
      fault: { kind: 'status', status: 405, body: { detail: 'Method Not Allowed' } },
    });
    const { byName } = await json(['--only', 'call-endpoints'], settings(world.url));
    expect(byName['call-endpoints']).toMatchObject({
      status: 'failed',
      summary:
        'POST /v1/convai/twilio/outbound-call does not exist (404); POST /v1/convai/sip-trunk/outbound-call exists with another method (405)',
    });
  });

  it('minds a missing endpoint only where a line needs it', async () => {
    const world = await sandbox();
    world.faults.add({
      operation: 'dialExotel',
      fault: { kind: 'status', status: 404, body: { detail: 'Not Found' } },
    });
    const { byName, exitCode } = await json(['--only', 'call-endpoints'], settings(world.url));
    expect(byName['call-endpoints']?.status).toBe('warning');
    expect(exitCode).toBe(0);
  });

  it('reads from a 422 what the endpoint has come to require', async () => {
    const world = await sandbox();
    const missing = { type: 'missing', loc: ['body', 'consent_id'], msg: 'Field required', input: null };
    world.faults.add({
      operation: 'dialTwilio',
      fault: { kind: 'status', status: 422, body: { detail: [missing] } },
    });
    const { byName } = await json(['--only', 'call-endpoints'], settings(world.url));
    expect(byName['call-endpoints']).toMatchObject({
      status: 'failed',
      summary: 'POST /v1/convai/twilio/outbound-call now requires consent_id',
    });
  });
});

describe('donna diagnose on the document', () => {
  type Json = Record<string, unknown>;
  interface OpenApi {
    readonly paths: Record<string, Record<string, Json>>;
    readonly components?: unknown;
  }

  /** The sandbox with a document that was changed. */
  async function withDocument(change: (document: OpenApi) => unknown): Promise<string> {
    const world = await sandbox();
    const reply = await fetch({ method: 'GET', url: `${world.url}/openapi.json` });
    const document = change(JSON.parse(Buffer.from(reply.body).toString()));
    return behind(world, ({ path }) => (path === '/openapi.json' ? document : undefined));
  }
  const agentsPath = '/v1/convai/agents';

  it('finds an endpoint that is gone', async () => {
    const url = await withDocument(({ paths: { [agentsPath]: gone, ...paths }, ...rest }) => ({
      ...rest,
      paths,
    }));
    const { byName, exitCode } = await json(['--only', 'document'], settings(url));
    expect(byName.document).toMatchObject({
      status: 'failed',
      summary: '1 difference; GET /v1/convai/agents: the live document does not have this path',
      facts: { drift: [{ kind: 'endpoint-gone', severity: 'error', pointer: '#/paths' }] },
    });
    expect(exitCode).toBe(1);
  });

  it('warns of an endpoint that is deprecated', async () => {
    const url = await withDocument(({ paths, ...rest }) => {
      const get = { ...paths[agentsPath]?.get, deprecated: true };
      return { ...rest, paths: { ...paths, [agentsPath]: { get } } };
    });
    const { byName, exitCode } = await json(['--only', 'document'], settings(url));
    expect(byName.document?.facts).toMatchObject({ drift: [{ kind: 'endpoint-deprecated' }] });
    expect(byName.document?.status).toBe('warning');
    expect(exitCode).toBe(0);
  });

  it('finds a field that is newly required and one that is gone', async () => {
    const url = await withDocument(({ paths, ...rest }) => {
      const schema = {
        type: 'object',
        properties: { webhook_url: { type: 'string' }, settings: { type: 'object', properties: {} } },
        required: ['webhook_url', 'settings'],
      };
      const post = { ...paths['/v1/workspace/webhooks']?.post };
      const changed = {
        ...post,
        requestBody: { required: true, content: { 'application/json': { schema } } },
      };
      const item = { ...paths['/v1/workspace/webhooks'], post: changed };
      return { ...rest, paths: { ...paths, '/v1/workspace/webhooks': item } };
    });
    const { byName } = await json(['--only', 'document'], settings(url));
    expect(byName.document).toMatchObject({
      status: 'failed',
      facts: { drift: [expect.objectContaining({ kind: 'newly-required', field: 'webhook_url' })] },
    });
  });

  it('believes a live answer before the document', async () => {
    const dial = '/v1/convai/twilio/outbound-call';
    const url = await withDocument(({ paths: { [dial]: gone, ...paths }, ...rest }) => ({ ...rest, paths }));
    const { byName, exitCode } = await json(['--only', 'document'], settings(url));
    expect(byName.document?.status).toBe('warning');
    expect(byName.document?.evidence).toContainEqual({
      authority: 'live',
      text: `POST ${dial} answers all the same`,
    });
    expect(exitCode).toBe(0);
  });

  it('goes on where there is no document', async () => {
    const url = await withDocument(() => ({ hello: 'world' }));
    const { byName } = await json(['--only', 'document'], settings(url));
    expect(byName.document).toMatchObject({
      status: 'warning',
      summary: expect.stringContaining('no OpenAPI document'),
    });
  });
});
