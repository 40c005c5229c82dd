import type { ScriptedCallee } from './callee.ts';
import { script } from './script.ts';

export const optsOut: ScriptedCallee = {
  name: 'opts-out',
  suffixes: ['0114'],
  summary: 'Answers, and asks not to be called again.',
  pickup: { kind: 'answers', afterMs: 2100 },
  respond: script(['Please take me off your list and do not call me again.', 'Bye.']),
};
