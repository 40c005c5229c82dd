import type { ScriptedCallee } from './callee.ts';

export const fax: ScriptedCallee = {
  name: 'fax',
  suffixes: ['0122'],
  summary: 'A fax machine answers.',
  pickup: { kind: 'answers', afterMs: 2000, machine: true },
  respond: () => ({ kind: 'says', text: '(fax tones)', afterMs: 300 }),
};
