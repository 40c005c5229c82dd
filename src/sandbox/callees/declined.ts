import type { ScriptedCallee } from './callee.ts';

export const declined: ScriptedCallee = {
  name: 'declined',
  suffixes: ['0132'],
  summary: 'Rings, and the call is declined.',
  pickup: { kind: 'declines', afterMs: 3200 },
};
