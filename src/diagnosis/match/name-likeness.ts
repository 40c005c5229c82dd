import { lettersOf, spelling, spellingLikeness, wordLikeness } from './likeness.ts';
import { isIdentifierName } from './value-fit.ts';
import { opposed, sameMeaning, wordsOf } from './words.ts';

export interface NameLikeness {
  /** 0 to 1; 1 only for the same name. */
  readonly score: number;
  /** What they have in common; empty where it is next to nothing. */
  readonly why: string;
  /** Why the one cannot be meant by the other, however alike they are. */
  readonly refused?: string;
}

/** How near two names of fields are, by their spelling, their words and what those mean. */
export function nameLikeness(sent: string, right: string): NameLikeness {
  if (sent === right) return same;
  const key = `${sent}\n${right}`;
  const found = known.get(key);
  if (found) return found;
  const made = compare(sent, right);
  if (known.size > MOST_KNOWN) known.clear();
  if (key.length < LONGEST_KEY) known.set(key, made);
  return made;
}

const same: NameLikeness = { score: 1, why: 'the same name' };
const MOST_KNOWN = 50_000;
const LONGEST_KEY = 200;
const known = new Map<string, NameLikeness>();

function compare(sent: string, right: string): NameLikeness {
  if (sent.toLowerCase() === right.toLowerCase())
    return { score: 0.98, why: 'the same name in other letters' };
  const [sentWords, rightWords] = [wordsOf(sent), wordsOf(right)];
  if (sentWords.join('') === rightWords.join(''))
    return { score: 0.97, why: 'the same words, written otherwise' };
  const plain = spelling(lettersOf(sent), lettersOf(right));
  if (opposed(sentWords, rightWords))
    return { score: plain, why: '', refused: 'the one is the opposite of the other' };
  const other = otherThing(sentWords, rightWords);
  if (other) return { score: plain, why: '', refused: other };
  const shared = wordLikeness(sentWords, rightWords);
  const within = containment(sentWords, rightWords);
  // Whose number it is says more than that it is one.
  const roles = roleOf(sentWords) === roleOf(rightWords) ? 1 : 0.75;
  if (plain >= 0.8 && plain * 0.93 >= shared * 0.9) {
    return { score: plain * 0.93 * roles, why: 'nearly the same spelling' };
  }
  const score = Math.max(shared * 0.85, within * 0.72) * roles;
  return { score, why: score > 0.3 ? 'names that share words or their meaning' : '' };
}

/**
 * An identifier names what it identifies: `agent_id` is never `agent_phone_number_id`, however alike they look, because an agent is no
 * phone number. The last word before `id` says what it is; a bare `id` says nothing and may be any.
 */
function otherThing(sent: readonly string[], right: readonly string[]): string | undefined {
  if (!isIdentifierName(sent) || !isIdentifierName(right)) return undefined;
  const [one, other] = [sent.at(-2), right.at(-2)];
  if (one === undefined || other === undefined || sameMeaning(one, other)) return undefined;
  if (spellingLikeness(one, other) >= 0.75) return undefined;
  return `the one identifies a ${one}, the other a ${other}`;
}

const roleWords = [
  'to',
  'from',
  'source',
  'target',
  'destination',
  'sender',
  'recipient',
  'parent',
  'old',
  'new',
];

function roleOf(words: readonly string[]): string {
  return roleWords.filter((role) => words.includes(role)).join(' ');
}

/** The share of the shorter name's words that the longer one has. */
function containment(left: readonly string[], right: readonly string[]): number {
  const [short, long] = left.length <= right.length ? [left, right] : [right, left];
  if (short.length === 0) return 0;
  let found = 0;
  for (const word of short) {
    if (long.includes(word)) found += 1;
    else if (long.some((other) => sameMeaning(word, other))) found += 0.75;
  }
  return found / short.length;
}
