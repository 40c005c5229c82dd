import type { ScriptedCallee } from './callee.ts';
import { script } from './script.ts';

export const confirms: ScriptedCallee = {
  name: 'confirms',
  suffixes: ['0110'],
  summary: 'Answers, and confirms what the agent asks.',
  pickup: { kind: 'answers', afterMs: 2200 },
  respond: script([
    'Hello, yes, this is me.',
    'Yes, that is right. I can confirm that.',
    'Thank you. Goodbye.',
  ]),
};
