import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ScanWorld } from '../../src/cli/commands/scan/scan-world.ts';
import { declareScan } from '../../src/cli/commands/scan.ts';
import { readApiDocument } from '../../src/diagnosis/spec/read-api-document.ts';
import { runCommand } from '../fixtures/run-command.ts';

const secret = 's3cret-of-the-Webhook';
const schema = {
  type: 'object',
  required: ['customer_id', 'hook'],
  properties: {
    customer_id: { type: 'string' },
    hook: {
      type: 'object',
      required: ['webhook_secret'],
      properties: { webhook_secret: { type: 'string' }, url: { type: 'string' } },
    },
  },
};
const root = {
  openapi: '3.1.0',
  info: { title: 'Orders', version: '1' },
  servers: [{ url: 'https://api.orders.example' }],
  paths: {
    '/v1/orders': {
      post: {
        summary: 'Create order',
        requestBody: { content: { 'application/json': { schema } } },
        responses: { 200: { description: 'Created' } },
      },
    },
  },
};
const world: ScanWorld = {
  version: '0.0.0',
  loadDocuments: async () => [readApiDocument(root, { kind: 'file', name: 'orders.json' })],
  history: async () => {
    throw new Error('no history is read here');
  },
  close: async () => undefined,
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'donna-scan-'));
  writeFileSync(
    path.join(folder, 'order.js'),
    `fetch('https://api.orders.example/v1/orders', { method: 'POST', headers: { 'Content-Type': 'application/json' },\n body: JSON.stringify({ customer_id: 'c1', webhook_secret: '${secret}' }) });\n`,
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const scan = (...args: string[]) => runCommand(declareScan, () => world, [folder, ...args]);

describe('a secret in the source that a mend moves', () => {
  it.each(['text', 'json', 'sarif'])('is in no report as %s', async (format) => {
    const { stdout, stderr } = await scan('--format', format);
    const told = [...stdout, ...stderr].join('\n');
    expect(told).toContain('misplaced-parameter');
    expect(told).not.toContain(secret);
  });

  it('is a variable in the edits that are told, and no fix to be taken as it stands', async () => {
    const json = JSON.parse((await scan('--json')).stdout.join('\n'));
    const [{ mend }] = json.calls;
    expect(mend.kind).toBe('certain');
    expect(JSON.stringify([mend.edits, mend.places])).toContain('$WEBHOOK_SECRET');
    expect(mend.places.some(({ hidden }: { hidden: boolean }) => hidden)).toBe(true);
    expect((await scan('--sarif')).stdout.join('\n')).not.toContain('fixes');
  });

  it('is written where it belongs', async () => {
    await scan('--write');
    expect(readFileSync(path.join(folder, 'order.js'), 'utf8')).toContain(
      `hook: { webhook_secret: '${secret}' }`,
    );
  });
});
