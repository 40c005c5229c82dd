import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPlaceCall } from '../../src/calls/index.ts';
import { realClock } from '../../src/kernel/clock.ts';
import { createIds, realRandomBytes } from '../../src/kernel/ids.ts';
import { createElevenLabsClient } from '../../src/providers/elevenlabs/client.ts';
import { createVoiceProvider } from '../../src/providers/elevenlabs/voice-provider.ts';
import { createNodeFetch } from '../../src/providers/node-fetch.ts';
import { createAttemptJournal } from '../../src/store/attempt-journal.ts';
import { type AnsweringServer, answeringServer } from '../fixtures/answering-server.ts';
import { callRequest } from '../fixtures/calls.ts';

const line = {
  phone_number_id: 'phnum_main',
  phone_number: '+12125550100',
  label: 'Front desk',
  provider: 'twilio',
};
let directory: string;
let file: string;
let server: AnsweringServer;
let dials: { attempt: string; onDisk: string }[];

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'donna-one-dial-'));
  file = path.join(directory, 'attempts.ndjson');
  dials = [];
  server = await answeringServer((request, reply, body) => {
    reply.setHeader('content-type', 'application/json');
    if (request.method === 'GET') {
      const isLine = request.url?.includes('/phone-numbers/');
      reply.statusCode = isLine ? 200 : 404;
      reply.end(JSON.stringify(isLine ? line : { detail: { status: 'not_found', message: 'Not there.' } }));
      return;
    }
    const sent = JSON.parse(body).conversation_initiation_client_data;
    dials.push({ attempt: sent.dynamic_variables.donna_attempt_id, onDisk: readFileSync(file, 'utf8') });
    reply.end(
      JSON.stringify({ success: true, message: 'Success', conversation_id: 'conv_1', callSid: 'CA1' }),
    );
  });
});
afterEach(async () => {
  await server.close();
  await rm(directory, { recursive: true, force: true });
});

describe('one intent, one dial', () => {
  it('has the attempt on the disk when the request arrives', async () => {
    const fetch = createNodeFetch({ connectTimeoutMs: 2_000, replyTimeoutMs: 2_000 });
    const client = createElevenLabsClient(fetch, { baseUrl: server.url, apiKey: 'test-key' });
    const placeCall = createPlaceCall({
      provider: createVoiceProvider(client, server.url),
      journal: createAttemptJournal(file),
      clock: realClock,
      newId: createIds(realClock, realRandomBytes),
      guard: { countries: undefined, blocked: [] },
    });
    const placement = await placeCall(callRequest({ preflight: false }));
    fetch.close();
    expect(placement).toMatchObject({ kind: 'accepted', ids: { conversationId: 'conv_1' } });
    expect(dials).toHaveLength(1);
    const lines = dials[0]?.onDisk.trim().split('\n') ?? [];
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ kind: 'dialing', attempt: dials[0]?.attempt });
    expect(dials[0]?.onDisk).not.toContain('test-key');
  });

  it('rings once when several processes are asked for the same call at the same moment', async () => {
    const program = path.join(directory, 'caller.mjs');
    const from = (module: string) => JSON.stringify(path.resolve('src', module));
    await build({
      stdin: {
        contents: `
          import { createPlaceCall } from ${from('calls/place-call.ts')};
          import { realClock } from ${from('kernel/clock.ts')};
          import { createIds, realRandomBytes } from ${from('kernel/ids.ts')};
          import { parsePhoneNumber } from ${from('kernel/phone-number.ts')};
          import { createElevenLabsClient } from ${from('providers/elevenlabs/client.ts')};
          import { createVoiceProvider } from ${from('providers/elevenlabs/voice-provider.ts')};
          import { createNodeFetch } from ${from('providers/node-fetch.ts')};
          import { createAttemptJournal } from ${from('store/attempt-journal.ts')};
          const [baseUrl, file, startAt] = process.argv.slice(2);
          const fetch = createNodeFetch({ connectTimeoutMs: 5000, replyTimeoutMs: 5000 });
          const placeCall = createPlaceCall({
            provider: createVoiceProvider(createElevenLabsClient(fetch, { baseUrl, apiKey: 'k' }), baseUrl),
            journal: createAttemptJournal(file),
            clock: realClock,
            newId: createIds(realClock, realRandomBytes),
            guard: { countries: undefined, blocked: [] },
          });
          while (Date.now() < Number(startAt));
          const placement = await placeCall({
            to: parsePhoneNumber('+12125550142').facts, agentId: 'agent_one', from: { lineId: 'phnum_main' },
            clientData: {}, telephony: undefined, record: false, preflight: false, repeat: 'refuse',
          });
          fetch.close();
          process.stdout.write(placement.kind);`,
        resolveDir: process.cwd(),
      },
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
    });
    const startAt = String(Date.now() + 1_500);
    const run = () =>
      new Promise<string>((resolve) => {
        const child = spawn(process.execPath, [program, server.url, file, startAt], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        let said = '';
        child.stdout.on('data', (chunk) => {
          said += String(chunk);
        });
        child.on('close', () => resolve(said));
      });
    const kinds = await Promise.all([run(), run(), run()]);
    expect(kinds.sort()).toEqual(['accepted', 'refused', 'refused']);
    expect(dials).toHaveLength(1);
  }, 30_000);
});
