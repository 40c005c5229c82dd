import type { ScriptedCallee } from './callee.ts';

export const invalidNumber: ScriptedCallee = {
  name: 'invalid-number',
  suffixes: ['0140'],
  summary: 'The carrier says that the number is not valid.',
  pickup: { kind: 'rings-out' },
  refusal: 'invalid-number',
};
