import { expect, it } from 'vitest';
import { createVirtualClock } from '../kernel/virtual-clock.ts';
import { demoAccount } from './demo-account.ts';
import { createFaults } from './faults.ts';
import { createJournal } from './journal.ts';
import { createSandboxIds } from './sandbox-ids.ts';
import type { SandboxState } from './state.ts';
import type { StateStore } from './state-file.ts';
import { createWorld } from './world.ts';

function world(store?: StateStore) {
  return createWorld({
    clock: createVirtualClock(),
    ids: createSandboxIds((count) => new Uint8Array(count)),
    journal: createJournal(),
    faults: createFaults(),
    state: demoAccount(),
    store,
  });
}

const named = (name: string) => (state: SandboxState) => ({
  ...state,
  agents: [...state.agents, { ...(state.agents[0] as SandboxState['agents'][number]), agent_id: name }],
});

it('makes each change on what is saved at that moment, so that two processes lose nothing', async () => {
  let saved: SandboxState | undefined;
  const store = {
    load: async () => saved,
    change: async (edit: (state?: SandboxState) => SandboxState) => {
      saved = edit(saved);
      return saved;
    },
  };
  const [one, other] = [world(store), world(store)];
  await one.change(named('agent_one'));
  await other.change(named('agent_other'));
  expect(saved?.agents.map((agent) => agent.agent_id).slice(-2)).toEqual(['agent_one', 'agent_other']);
  await one.refresh();
  expect(one.state).toBe(saved);
});

it('makes changes one after the other, and goes on after one that failed', async () => {
  const here = world();
  const results = await Promise.allSettled([
    here.change(named('a')),
    here.change(() => {
      throw new Error('no');
    }),
    here.change(named('b')),
  ]);
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(here.state.agents.map((agent) => agent.agent_id).slice(-2)).toEqual(['a', 'b']);
});

it('keeps its state when the store cannot save the change', async () => {
  const here = world({ load: async () => undefined, change: () => Promise.reject(new Error('disk full')) });
  const before = here.state;
  await expect(here.change(named('a'))).rejects.toThrow('disk full');
  expect(here.state).toBe(before);
});
