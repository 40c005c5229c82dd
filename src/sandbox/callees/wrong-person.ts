import type { ScriptedCallee } from './callee.ts';
import { script } from './script.ts';

export const wrongPerson: ScriptedCallee = {
  name: 'wrong-person',
  suffixes: ['0112'],
  summary: 'Answers, and is somebody else.',
  pickup: { kind: 'answers', afterMs: 2600 },
  respond: script(['Sorry, you have the wrong number. There is nobody of that name here.', 'Bye.']),
};
