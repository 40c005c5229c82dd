import { wordsOf } from '../match/words.ts';

const ENDS = new Set(['id', 'sid', 'uuid', 'guid', 'uid']);

/** Whether a field is called like an id: `agent_id`, `CallSid`, `book_ids`. */
export function isIdName(name: string): boolean {
  return ENDS.has(wordsOf(name).at(-1) ?? '');
}
