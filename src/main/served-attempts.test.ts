import { expect, it } from 'vitest';
import type { Call } from '../api/call.ts';
import { createServedAttempts } from './served-attempts.ts';

const attempt = (change: object) => ({
  id: 'att_1',
  number: 1,
  state: 'ended',
  tries: 0,
  committedAt: '2026-01-05T15:00:00.000Z',
  conversationId: 'conv_1',
  callSid: null,
  sipCallId: null,
  why: null,
  outcome: { kind: 'answered' },
  ...change,
});
const call = (id: string, attempts: object[], change: object = {}) =>
  ({
    id,
    to: '+12125550142',
    agentId: 'agent_1',
    line: { id: 'phnum_1', number: '+12125550100', provider: 'twilio' },
    clientData: { dynamic_variables: { customer_name: 'Ada' } },
    attempts,
    ...change,
  }) as unknown as Call;

it('tells the attempts that a server dialled, over all its pages, and none of who was forgotten or not dialled', async () => {
  const calls = new Map(
    [
      call('call_1', [
        attempt({
          id: 'att_0',
          committedAt: '2026-01-05T14:00:00.000Z',
          conversationId: null,
          outcome: { kind: 'failed' },
        }),
        attempt({ number: 2 }),
      ]),
      call('call_2', [attempt({ id: 'att_2', state: 'scheduled', committedAt: null })]),
      call('call_3', [attempt({ id: 'att_3' })], { to: null }),
      call('call_4', [attempt({ id: 'att_4', committedAt: '2026-01-01T00:00:00.000Z' })]),
    ].map((one) => [one.id, one]),
  );
  const ids = [...calls.keys()];
  const source = createServedAttempts({
    async listCalls({ cursor }) {
      const at = Number(cursor ?? 0);
      const one = calls.get(ids[at] ?? '');
      return { items: one ? [one] : [], nextCursor: at + 1 < ids.length ? String(at + 1) : null };
    },
    getCall: async (id) => calls.get(id) ?? call(id, []),
  });
  const found = await source.attempts(new Date('2026-01-05T00:00:00Z'));
  expect(found.map(({ attempt: id, state, note }) => [id, state, note])).toEqual([
    ['att_0', 'not-placed', 'failed'],
    ['att_1', 'ended', 'answered'],
  ]);
  expect(found[1]).toMatchObject({
    ids: { conversationId: 'conv_1' },
    dialing: { to: '+12125550142', lineNumber: '+12125550100', userId: 'att_1', again: true },
  });
});
