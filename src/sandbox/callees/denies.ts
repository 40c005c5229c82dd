import type { ScriptedCallee } from './callee.ts';
import { script } from './script.ts';

export const denies: ScriptedCallee = {
  name: 'denies',
  suffixes: ['0111'],
  summary: 'Answers, and denies what the agent asks.',
  pickup: { kind: 'answers', afterMs: 2400 },
  respond: script(['Hello, speaking.', 'No, that is not correct. We did not send that.', 'Goodbye.']),
};
