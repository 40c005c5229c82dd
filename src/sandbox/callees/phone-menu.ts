import type { ScriptedCallee } from './callee.ts';

const menu =
  'Thank you for calling. For accounts, press 1. For sales, press 2. To repeat this menu, press 9.';

/** A company's menu repeats itself until it gives up. */
export const phoneMenu: ScriptedCallee = {
  name: 'phone-menu',
  suffixes: ['0121'],
  summary: 'A menu answers: press 1, press 2.',
  pickup: { kind: 'answers', afterMs: 1800, machine: true },
  respond: (heard) =>
    heard.ownTurns < 3 ? { kind: 'says', text: menu } : { kind: 'hangs-up', when: 'after' },
};
