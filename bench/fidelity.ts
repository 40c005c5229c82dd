/**
 * Whether what the sandbox answers is valid by the provider's own document: fuzzed requests to every operation, at
 * every stage of a call, and each reply checked against the schema that the document gives for its status.
 * Usage: npm run bench:fidelity [-- path/of/the/openapi.json]
 */
import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import type { RandomBytes } from '../src/kernel/ids.ts';
import { createVirtualClock } from '../src/kernel/virtual-clock.ts';
import { callees, createSandbox, demo } from '../src/sandbox/index.ts';
import type { Operation } from '../src/wire/operation.ts';
import { operations } from '../src/wire/operations.ts';
import { arbitraryOf } from '../test/fixtures/arbitrary-of.ts';

const SEED = 20_260_923;
const ROUNDS = 12;

type Json = Record<string, unknown>;

const path = process.argv[2] ?? '../shared/specs-history/elevenlabs/2026-09-23.json';
if (!existsSync(path)) {
  console.error(`No document at ${path}: give the path of an ElevenLabs OpenAPI document.`);
  process.exit(2);
}
const document = JSON.parse(readFileSync(path, 'utf8')) as { paths: Record<string, Json> };
const ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: true });
(formats as unknown as (ajv: Ajv2020) => void)(ajv);
ajv.addSchema(document, 'document');

// Seeded, so that two runs check the same replies.
let drawn = SEED;
const randomBytes: RandomBytes = (count) =>
  Uint8Array.from({ length: count }, () => {
    drawn = (Math.imul(drawn, 1_664_525) + 1_013_904_223) >>> 0;
    return drawn >>> 24;
  });
const clock = createVirtualClock();
const sandbox = await createSandbox({
  clock,
  randomBytes,
  fetch: async () => ({ status: 200, headers: {}, body: new Uint8Array() }),
});
const { url, close } = await sandbox.listen();
const counts = { replies: 0, checked: 0, invalid: 0 };
const complaints = new Set<string>();

for (let round = 0; round < ROUNDS; round++) {
  for (const callee of callees) {
    const to = `+1212555${callee.suffixes[0] ?? '0142'}`;
    const line = round % 2 ? demo.sipLineId : demo.twilioLineId;
    const endpoint = round % 2 ? 'sip-trunk' : 'twilio';
    const agent = round % 5 === 4 ? demo.agentWithoutPlaceholdersId : demo.agentId;
    await exchange('POST', `/v1/convai/${endpoint}/outbound-call`, `/v1/convai/${endpoint}/outbound-call`, {
      agent_id: agent,
      agent_phone_number_id: line,
      to_number: to,
    });
    for (const pauseMs of [0, 2_700, 4_000, 9_000, 15_000, 40_000]) {
      await clock.advance(pauseMs);
      const id = sandbox.state.calls.at(-1)?.conversation_id ?? 'none';
      for (const tail of ['', '/sip-messages', '/audio']) {
        await exchange(
          'GET',
          `/v1/convai/conversations/{conversation_id}${tail}`,
          `/v1/convai/conversations/${id}${tail}`,
        );
      }
      await exchange('GET', '/v1/convai/conversations', '/v1/convai/conversations?summary_mode=include');
    }
  }
  for (const operation of operations.filter((one) => one.provider === 'elevenlabs'))
    await fuzz(operation, round);
  await clock.advance(700_000);
}
await close();

console.log(JSON.stringify(counts));
for (const complaint of complaints) console.error(complaint);
process.exitCode = counts.invalid > 0 || counts.checked === 0 ? 1 : 0;

/** Sends what the wire accepts, and the same with something broken. */
async function fuzz(operation: Operation, round: number): Promise<void> {
  const bodies = operation.body
    ? fc.sample(arbitraryOf(operation.body), { numRuns: 6, seed: SEED + round })
    : [undefined];
  const takes = requestCheck(operation);
  const queries = operation.query
    ? fc.sample(arbitraryOf(operation.query), { numRuns: 6, seed: SEED + round })
    : [undefined];
  const known: Record<string, string> = {
    agent_id: demo.agentId,
    phone_number_id: sandbox.state.lines[round % 2]?.phone_number_id ?? 'none',
    conversation_id: sandbox.state.calls.at(-1)?.conversation_id ?? 'none',
    webhook_id: sandbox.state.webhooks[0]?.webhook_id ?? 'none',
  };
  for (const body of bodies) {
    // Where our own schema leaves a tree open (an agent's, mostly), the provider would refuse what it does not know.
    if (!takes(body)) continue;
    for (const query of queries) {
      for (const ids of [known, {} as Record<string, string>]) {
        const filled = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? 'unknown');
        await exchange(operation.method, operation.path, filled + queryText(query), body);
      }
    }
    await exchange(operation.method, operation.path, operation.path.replace(/\{\w+\}/g, 'x'), broken(body));
  }
}

function requestCheck(operation: Operation): (body: unknown) => boolean {
  const place = [
    'paths',
    operation.path,
    operation.method.toLowerCase(),
    'requestBody',
    'content',
    'application/json',
    'schema',
  ];
  if (!has(document, place)) return () => true;
  const validate = ajv.getSchema(`document#/${pointerOf(place)}`);
  return (body) => validate?.(body) === true;
}

function pointerOf(place: readonly string[]): string {
  return place.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
}

function broken(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return undefined;
  const names = Object.keys(body);
  const name = names[names.length % 3] ?? 'x';
  return { ...body, [name]: [{ broken: true }] };
}

function queryText(query: unknown): string {
  const pairs = Object.entries((query ?? {}) as Json).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, String(one)]),
  );
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`;
}

async function exchange(method: string, template: string, filled: string, body?: unknown): Promise<void> {
  const reply = await fetch(url + filled, {
    method,
    headers: { 'xi-api-key': demo.apiKey, 'content-type': 'application/json' },
    ...(body !== undefined && method !== 'GET' && { body: JSON.stringify(body) }),
  });
  counts.replies++;
  const isJson = reply.headers.get('content-type')?.startsWith('application/json');
  const content = isJson ? await reply.json() : await reply.arrayBuffer();
  const place = [
    'paths',
    template,
    method.toLowerCase(),
    'responses',
    String(reply.status),
    'content',
    'application/json',
    'schema',
  ];
  if (!isJson || !has(document, place)) return;
  counts.checked++;
  const validate = ajv.getSchema(`document#/${pointerOf(place)}`);
  if (!validate)
    throw new Error(`The document's schema for ${method} ${template} ${reply.status} cannot be read.`);
  if (validate(content)) return;
  counts.invalid++;
  const [error] = validate.errors ?? [];
  complaints.add(
    `${method} ${template} ${reply.status}: ${error?.instancePath} ${error?.message} ${JSON.stringify(error?.params)}`,
  );
}

function has(value: unknown, path: readonly string[]): boolean {
  return (
    path.reduce<unknown>(
      (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Json)[key] : undefined),
      value,
    ) !== undefined
  );
}
