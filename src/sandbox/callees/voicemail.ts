import type { ScriptedCallee } from './callee.ts';

const greeting =
  'Hi, you have reached my voicemail. I cannot take your call right now. Please leave a message after the beep.';

/** A mailbox plays its greeting over whatever the agent says, then records in silence. */
export const voicemail: ScriptedCallee = {
  name: 'voicemail',
  suffixes: ['0120'],
  summary: 'A mailbox answers after some rings, and records.',
  pickup: { kind: 'answers', afterMs: 4000, machine: true },
  respond: (heard) =>
    heard.ownTurns === 0 ? { kind: 'says', text: greeting, afterMs: 200 } : { kind: 'waits' },
};
