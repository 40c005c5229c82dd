import { type Proof, proofLines } from '../proof.ts';
import { pageSentence } from './markdown-text.ts';

const marks = { shown: '✓', against: '✗', open: '·' } as const;

/** What is known of the fix, as a list of a page. */
export function proofItems(proof: Proof | undefined): string[] {
  return proofLines(proof).map(({ state, text }) => `- ${marks[state]} ${pageSentence(text)}`);
}
