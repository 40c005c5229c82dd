import type { ScriptedCallee } from './callee.ts';

export const noComplianceProfile: ScriptedCallee = {
  name: 'no-compliance-profile',
  suffixes: ['0153'],
  summary: 'The account has no approved compliance profile; a failed conversation is kept.',
  pickup: { kind: 'rings-out' },
  refusal: 'no-compliance-profile',
};
