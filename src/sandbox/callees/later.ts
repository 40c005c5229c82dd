import type { ScriptedCallee } from './callee.ts';
import { script } from './script.ts';

export const later: ScriptedCallee = {
  name: 'later',
  suffixes: ['0113'],
  summary: 'Answers, and asks to be called later.',
  pickup: { kind: 'answers', afterMs: 2000 },
  respond: script(['I am in a meeting. Could you call me back later, after four?', 'Thanks, bye.']),
};
