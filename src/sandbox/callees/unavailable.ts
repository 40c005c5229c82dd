import type { ScriptedCallee } from './callee.ts';

export const unavailable: ScriptedCallee = {
  name: 'unavailable',
  suffixes: ['0152'],
  summary: 'The far end cannot be reached (on a SIP trunk: 404, domain unavailable).',
  pickup: { kind: 'rings-out' },
  refusal: 'unavailable',
};
