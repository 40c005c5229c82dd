import type { ScriptedCallee } from './callee.ts';

export const noAnswer: ScriptedCallee = {
  name: 'no-answer',
  suffixes: ['0131'],
  summary: 'Rings until the ringing timeout, and nobody answers.',
  pickup: { kind: 'rings-out' },
};
