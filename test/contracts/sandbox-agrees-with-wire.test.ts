import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demo } from '../../src/sandbox/index.ts';
import type { Operation } from '../../src/wire/operation.ts';
import { operations } from '../../src/wire/operations.ts';
import { arbitraryOf } from '../fixtures/arbitrary-of.ts';
import { type Json, type OpenSandbox, openSandbox, type TestReply } from '../fixtures/open-sandbox.ts';

let open: OpenSandbox;
beforeAll(async () => {
  open = await openSandbox();
  for (const dial of [open.dial, open.dialSip]) await dial('+12125550110');
  await open.clock.advance(60_000);
});
afterAll(() => open.close());

const ofElevenLabs = operations.filter((one) => one.provider === 'elevenlabs');
const withBody = ofElevenLabs.filter((one) => one.body !== undefined);
const withQuery = ofElevenLabs.filter((one) => one.query !== undefined && one.body === undefined);

const lines: Readonly<Record<string, string>> = {
  dialTwilio: demo.twilioLineId,
  dialSipTrunk: demo.sipLineId,
};

/** A generated body with ids that exist, so that nothing but its form can be refused. */
function grounded(operation: Operation, body: Json): Json {
  if (!operation.name.startsWith('dial')) return body;
  return {
    ...body,
    agent_id: demo.agentId,
    agent_phone_number_id: lines[operation.name] ?? 'phnum_none',
    to_number: '+12125550142',
  };
}

async function send(operation: Operation, body: unknown, query?: unknown): Promise<TestReply> {
  // Lets the calls of earlier runs end, so that none meets the limit of the plan.
  await open.clock.advance(700_000);
  const ids: Record<string, string> = {
    agent_id: demo.agentId,
    phone_number_id: demo.sipLineId,
    conversation_id: open.sandbox.state.calls[0]?.conversation_id ?? 'none',
  };
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? 'none');
  return open.request(operation.method, path + queryText(query), body);
}

function queryText(query: unknown): string {
  const pairs = Object.entries((query ?? {}) as Record<string, unknown>).flatMap(([name, value]) =>
    [value].flat().map((one) => [name, String(one)] as [string, string]),
  );
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`;
}

const runs = (numRuns: number) => ({ numRuns, seed: 20_260_923 });

/** Places of an object, as paths, that hold something of a simple type. */
function simplePlaces(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  if (Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => simplePlaces(inner, [...path, name]));
}

function put(value: Json, path: readonly string[], inner: unknown): Json {
  const [head, ...rest] = path;
  return head === undefined ? inner : { ...value, [head]: put(value[head], rest, inner) };
}

describe.each(withBody.map((one) => [one.name, one] as const))('%s', (_name, operation) => {
  const bodies = arbitraryOf(operation.body ?? operation.reply).map((body) => grounded(operation, body));

  it('takes whatever the wire accepts, and answers what the wire reads', async () => {
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const reply = await send(operation, body);
        expect([reply.status, reply.json]).not.toContain(422);
        if (reply.status === 200) expect(operation.reply.safeParse(reply.json).success).toBe(true);
        if (lines[operation.name]) expect(reply.json.success).toBe(true);
        expect(open.sandbox.journal.requests.at(-1)?.ignored).toEqual([]);
      }),
      runs(25),
    );
  });

  it('takes a body with a strange field as if it were not there, and journals it', async () => {
    await fc.assert(
      fc.asyncProperty(
        bodies,
        fc.constantFrom('phone_number_id', 'dynamicVariables', 'x'),
        async (body, name) => {
          const reply = await send(operation, { ...body, [name]: { any: 'thing' } });
          expect(reply.status).not.toBe(422);
          expect(open.sandbox.journal.requests.at(-1)?.ignored).toEqual([name]);
        },
      ),
      runs(10),
    );
  });

  it('misses each required field by name', async () => {
    const shape = (operation.body?.toJSONSchema({ io: 'input', unrepresentable: 'any' }) ?? {}) as {
      required?: string[];
    };
    for (const field of shape.required ?? []) {
      const [body] = fc.sample(bodies, { numRuns: 1, seed: 1 });
      const { [field]: _dropped, ...rest } = body;
      const reply = await send(operation, rest);
      expect(reply.status).toBe(422);
      expect(reply.json.detail).toContainEqual(
        expect.objectContaining({ type: 'missing', loc: ['body', field] }),
      );
    }
  });

  it('refuses a value of a wrong type, and names its place', async () => {
    await fc.assert(
      fc.asyncProperty(bodies, fc.nat(), async (body, choice) => {
        const places = simplePlaces(body);
        const place = places[choice % Math.max(1, places.length)];
        fc.pre(place !== undefined && place.length > 0);
        const broken = put(body, place ?? [], [{ wrong: 'type' }]);
        // Where anything goes (free maps) there is no wrong type.
        fc.pre(operation.body?.safeParse(broken).success === false && !place?.includes('dynamic_variables'));
        const reply = await send(operation, broken);
        expect(reply.status).toBe(422);
        const locs = reply.json.detail.map((issue: { loc: string[] }) =>
          issue.loc.slice(1, 1 + (place?.length ?? 0)),
        );
        expect(locs).toContainEqual(place);
      }),
      runs(15),
    );
  });
});

describe.each(withQuery.map((one) => [one.name, one] as const))('the query of %s', (_name, operation) => {
  it('is taken whatever the wire accepts, and dropped where it does not know it', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryOf(operation.query ?? operation.reply), async (query) => {
        const reply = await send(operation, undefined, { ...(query as object), strange: '1' });
        expect(reply.status).not.toBe(422);
        if (reply.status === 200) expect(operation.reply.safeParse(reply.json).success).toBe(true);
        expect(open.sandbox.journal.requests.at(-1)?.ignored).toEqual(['strange']);
      }),
      runs(15),
    );
  });
});

describe('dynamic variables in the wrong place', () => {
  it('have no effect wherever they are', async () => {
    const variables = { customer_name: 'Wrong Place' };
    const places: Record<string, Record<string, unknown>> = {
      dynamic_variables: { dynamic_variables: variables },
      variables: { variables },
      'conversation_initiation_client_data.variables': { conversation_initiation_client_data: { variables } },
      'conversation_initiation_client_data.conversation_config_override.dynamic_variables': {
        conversation_initiation_client_data: {
          conversation_config_override: { dynamic_variables: variables },
        },
      },
    };
    for (const [place, more] of Object.entries(places)) {
      const { json } = await open.dial('+12125550142', more);
      expect(open.sandbox.journal.requests.at(-1)?.ignored).toEqual([place]);
      await open.clock.advance(60_000);
      const conversation = await open.conversation(json.conversation_id);
      expect(JSON.stringify(conversation)).not.toContain('Wrong Place');
    }
  });
});
