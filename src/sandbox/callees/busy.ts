import type { ScriptedCallee } from './callee.ts';

export const busy: ScriptedCallee = {
  name: 'busy',
  suffixes: ['0130'],
  summary: 'The line is busy.',
  pickup: { kind: 'busy', afterMs: 600 },
};
