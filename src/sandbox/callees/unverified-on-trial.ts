import type { ScriptedCallee } from './callee.ts';

export const unverifiedOnTrial: ScriptedCallee = {
  name: 'unverified-on-trial',
  suffixes: ['0141'],
  summary: 'The trial account may not dial the number.',
  pickup: { kind: 'rings-out' },
  refusal: 'unverified-on-trial',
};
