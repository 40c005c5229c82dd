import type { ScriptedCallee } from './callee.ts';

export const geoPermission: ScriptedCallee = {
  name: 'geo-permission',
  suffixes: ['0150'],
  summary: 'The account may not dial that region.',
  pickup: { kind: 'rings-out' },
  refusal: 'geo-permission',
};
