import { describe, expect, it } from 'vitest';
import type { RecordingCli } from '../../../test/fixtures/recording-cli.ts';
import { runCommand } from '../../../test/fixtures/run-command.ts';
import { readApiDocument } from '../../diagnosis/spec/read-api-document.ts';
import { AppError } from '../../kernel/errors.ts';
import { declareSpec } from './spec.ts';

type Json = Record<string, unknown>;

const text = { type: 'string' };

function shop(change: { fields?: Json; required?: string[]; remote?: boolean } = {}): Json {
  const schema = {
    type: 'object',
    properties: { item: { type: 'string', description: 'What is wanted.' }, note: text, ...change.fields },
    required: change.required ?? ['item'],
  };
  return {
    openapi: '3.1.0',
    info: { title: 'Shop', version: '7' },
    servers: [{ url: 'https://api.example/v1' }],
    paths: {
      '/orders': {
        post: {
          summary: 'Place an order',
          security: [{ key: [] }],
          requestBody: { required: true, content: { 'application/json': { schema } } },
        },
        get: { summary: 'List the \u001b[31morders' },
      },
      '/orders/{order_id}': { delete: { summary: 'Cancel an order', deprecated: true } },
      ...(change.remote ? { '/far': { $ref: 'other.yaml#/far' } } : {}),
    },
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-key' } } },
  };
}

const files: Readonly<Record<string, Json>> = {
  'shop.json': shop(),
  'remote.json': shop({ remote: true }),
  'next.json': shop({ fields: { note: { type: 'integer' }, a: text, b: text }, required: ['item', 'b'] }),
};

function run(...args: string[]): Promise<RecordingCli> {
  return runCommand<undefined>(
    (command, cli) =>
      declareSpec(command, cli, async (source = 'shop.json') => {
        const root = files[source];
        if (!root) throw new AppError('bad-input', `There is no file ${source}.`);
        return readApiDocument(root, { kind: 'file', name: source });
      }),
    () => undefined,
    args,
  );
}

describe('donna spec search', () => {
  it('lists operations that fit with what they need, and says which document it read', async () => {
    const cli = await run('search', 'place', 'order');
    expect(cli.stdout.slice(0, 2)).toEqual(['POST /v1/orders  Place an order', '  needs item']);
    expect(cli.stderr).toEqual([expect.stringMatching(/^Shop\b.*from the file shop\.json$/)]);
    expect(cli.exitCode).toBe(0);
  });

  it('answers in JSON, and no more than was asked for', async () => {
    const cli = await run('search', 'order', '--limit', '1', '--json');
    const answer = JSON.parse(cli.stdout.join('\n'));
    expect(answer).toMatchObject({ document: { title: 'Shop', version: '7' }, fitting: 3 });
    expect(answer.operations).toHaveLength(1);
    expect((await run('search', 'order', '--limit', '1')).stderr).toContain('2 more fit less (--limit).');
  });

  it('ends with 1 where nothing fits, with 2 where the limit is no number', async () => {
    expect(await run('search', 'zebra')).toMatchObject({ exitCode: 1, stdout: [] });
    expect(await run('search', 'order', '--limit', 'x')).toMatchObject({ exitCode: 2 });
  });
});

describe('donna spec show', () => {
  it('shows what an operation takes, of which type, and how to be let in', async () => {
    const { stdout } = await run('show', 'post', '/orders', '--spec', 'shop.json');
    expect(stdout).toEqual([
      'POST /v1/orders',
      'Place an order',
      '',
      'server  https://api.example/v1',
      'key     header x-key',
      'body    application/json',
      '',
      'required  type    what it is',
      'item      string  What is wanted.',
      '',
      'optional  type    what it is',
      'note      string  –',
    ]);
  });

  it('shows no escape sequence of a document', async () => {
    expect((await run('show', 'GET', '/v1/orders')).stdout[1]).toBe('List the orders');
  });

  it('says what the path takes, or what may be meant, where there is no such operation', async () => {
    const other = await run('show', 'PUT', '/v1/orders/7');
    expect(other.exitCode).toBe(2);
    expect(other.stderr.join('\n')).toContain('This path takes DELETE.');
    expect((await run('show', 'GET', '/v1/order-list')).stderr.join('\n')).toContain(
      'Did you mean GET /v1/orders?',
    );
  });

  it('says what of a document cannot be read', async () => {
    const { stderr } = await run('show', 'GET', '/orders', '--spec', 'remote.json');
    expect(stderr).toContain('! 1 part of the document lies elsewhere and is not read: other.yaml#/far');
  });
});

describe('donna spec diff', () => {
  it('tells what breaks first, fields of one object in one line', async () => {
    const { stdout, exitCode } = await run('diff', 'shop.json', 'next.json');
    expect(stdout).toEqual([
      'Breaking (2)',
      '  request note: string is sent, integer is taken',
      '    POST /v1/orders',
      '  request b: a field we do not know is required now',
      '    POST /v1/orders',
      '',
      'Added (1)',
      '  request a: the field is new',
      '    POST /v1/orders',
    ]);
    expect(exitCode).toBe(0);
  });

  it('joins fields that share their fate', async () => {
    const { stdout } = await run('diff', 'next.json', 'shop.json');
    expect(stdout.join('\n')).toContain('request {a, b}: the field is gone and would be dropped in silence');
  });

  it('ends with 1 on what --fail-on names or worse, and is silent about equals', async () => {
    expect(await run('diff', 'shop.json', 'next.json', '--fail-on', 'breaking')).toMatchObject({
      exitCode: 1,
    });
    expect(await run('diff', 'shop.json', 'next.json', '--fail-on', 'addition')).toMatchObject({
      exitCode: 1,
    });
    expect(await run('diff', 'shop.json', 'remote.json', '--fail-on', 'breaking')).toMatchObject({
      exitCode: 0,
    });
    expect((await run('diff', 'shop.json', 'shop.json')).stdout).toEqual([
      'Nothing changed that a caller would notice.',
    ]);
    expect(await run('diff', 'shop.json', 'next.json', '--fail-on', 'all')).toMatchObject({ exitCode: 2 });
  });

  it('answers in JSON with counts', async () => {
    const answer = JSON.parse((await run('diff', 'shop.json', 'next.json', '--json')).stdout.join('\n'));
    expect(answer).toMatchObject({ counts: { breaking: 2, deprecation: 0, change: 0, addition: 1 } });
    expect(answer.changes).toHaveLength(3);
  });
});
