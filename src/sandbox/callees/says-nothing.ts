import type { ScriptedCallee } from './callee.ts';

export const saysNothing: ScriptedCallee = {
  name: 'says-nothing',
  suffixes: ['0134'],
  summary: 'Answers, and says nothing.',
  pickup: { kind: 'answers', afterMs: 2500 },
  respond: () => ({ kind: 'waits' }),
};
