import type { CalleeMove, Heard, ScriptedCallee } from './callee.ts';

/** Anyone else answers, asks what it is about, and agrees in the end. */
export const chats: ScriptedCallee = {
  name: 'chats',
  suffixes: [],
  summary: 'Any other number: answers, asks what it is about, and agrees.',
  pickup: { kind: 'answers', afterMs: 2000 },
  respond: chat,
};

function chat(heard: Heard): CalleeMove {
  if (/\b(good\s?bye|bye)\b/i.test(heard.agentSaid)) return { kind: 'hangs-up', when: 'after' };
  if (heard.ownTurns === 0) return { kind: 'says', text: 'Hello, speaking. What is this about?' };
  if (heard.ownTurns === 1) return { kind: 'says', text: 'Let me look. Yes, that is correct.' };
  return heard.ownTurns < 4 ? { kind: 'says', text: 'All right.' } : { kind: 'hangs-up', when: 'after' };
}
