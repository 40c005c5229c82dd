import type { ScriptedCallee } from './callee.ts';

export const blocked: ScriptedCallee = {
  name: 'blocked',
  suffixes: ['0151'],
  summary: 'The carrier blocks the call.',
  pickup: { kind: 'rings-out' },
  refusal: 'blocked',
};
