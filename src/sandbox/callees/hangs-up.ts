import type { ScriptedCallee } from './callee.ts';

export const hangsUp: ScriptedCallee = {
  name: 'hangs-up',
  suffixes: ['0133'],
  summary: 'Answers, and hangs up in the middle of the first sentence.',
  pickup: { kind: 'answers', afterMs: 2300 },
  respond: () => ({ kind: 'hangs-up', when: 'mid-sentence' }),
};
