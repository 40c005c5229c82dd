import type { CalleeMove, Heard } from './callee.ts';

/**
 * Lines spoken in order, one each time the agent falls silent. When the agent says goodbye, or the lines are
 * used up, the callee hangs up.
 */
export function script(lines: readonly string[]): (heard: Heard) => CalleeMove {
  return (heard) => {
    const line = lines[heard.ownTurns];
    if (line === undefined || saysGoodbye(heard.agentSaid)) return { kind: 'hangs-up', when: 'after' };
    return { kind: 'says', text: line };
  };
}

function saysGoodbye(text: string): boolean {
  return /\b(good\s?bye|bye)\b/i.test(text);
}
