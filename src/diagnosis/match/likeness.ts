import type { StepChange } from './match.ts';
import { opposed, plainName, sameAct, sameMeaning, wordsOf } from './words.ts';

export interface Likeness {
  /** 0 to 1. */
  readonly score: number;
  readonly how: StepChange | 'same';
}

const same: Likeness = { score: 1, how: 'same' };
const unlike: Likeness = { score: 0, how: 'other' };
const versions: Likeness = { score: 0.75, how: 'version' };
/** Whether a segment is the version of an API: `v1`, `2.0`, `2010-04-01`. A bare number may be one, and is rather an id. */
export function isVersion(segment: string): boolean {
  return /^(?:v\d+(?:[._]\d+)*(?:alpha\d*|beta\d*)?|\d{1,2}\.\d{1,2}|\d{4}-\d\d-\d\d)$/i.test(segment);
}

const BARE_NUMBER = /^\d{1,2}$/;

/** The letters of a name, with what comparing them needs worked out once. */
export interface Letters {
  /** In lower case, without separators and a file's ending. */
  readonly bare: string;
  /** Which letters it has, as bits: two that differ much here cannot be near. */
  readonly letters: number;
}

/** A literal segment of a path, with what comparing it needs worked out once. */
export interface Segment extends Letters {
  readonly text: string;
  readonly lower: string;
  readonly plain: string;
  readonly words: readonly string[];
  readonly version: boolean;
}

export function segmentOf(text: string): Segment {
  const found = cut.get(text);
  if (found) return found;
  const made = cutSegment(text);
  if (cut.size > MOST_KNOWN) cut.clear();
  cut.set(text, made);
  return made;
}

const MOST_KNOWN = 20_000;
const cut = new Map<string, Segment>();

function cutSegment(text: string): Segment {
  return {
    text,
    lower: text.toLowerCase(),
    plain: plainName(text.replace(/\.(?:json|xml)$/i, '')),
    words: wordsOf(text),
    version: isVersion(text),
    ...lettersOf(text),
  };
}

export function lettersOf(text: string): Letters {
  const bare = text
    .toLowerCase()
    .replace(/\.(?:json|xml|csv|html|php)$/, '')
    .replace(/[-_.\s]/g, '');
  let letters = 0;
  for (let index = 0; index < bare.length && index < 60; index++)
    letters |= 1 << (bare.charCodeAt(index) & 31);
  return { bare, letters };
}

/** How near two literal segments of a path are. */
export function segmentLikeness(sent: Segment, right: Segment): Likeness {
  if (sent.text === right.text) return same;
  if (right.version || BARE_NUMBER.test(right.text)) {
    return sent.version || BARE_NUMBER.test(sent.text) ? versions : unlike;
  }
  if (sent.version) return unlike;
  if (sent.lower === right.lower) return { score: 0.97, how: 'case' };
  if (sent.bare === right.bare)
    return { score: 0.96, how: /[-_.]/.test(sent.text + right.text) ? 'separator' : 'case' };
  if (sent.plain === right.plain) return { score: 0.95, how: 'number' };
  const typed = spelling(sent, right);
  const shared = wordLikeness(sent.words, right.words);
  if (typed >= 0.78 && typed >= shared) return { score: typed * 0.95, how: 'typo' };
  const head = sameHead(sent, right);
  if ((shared > 0.3 || head) && !opposed(sent.words, right.words)) {
    return { score: head ? Math.max(0.7, shared * 0.88) : shared * 0.7, how: 'words' };
  }
  return typed >= 0.7 ? { score: typed * 0.8, how: 'typo' } : unlike;
}

/** The last word says what a thing is, those before it which one: an outbound call is a call, a phone number no phone. */
function sameHead(left: Segment, right: Segment): boolean {
  const [one, other] = [left.words.at(-1), right.words.at(-1)];
  return one !== undefined && other !== undefined && sameAct(one, other);
}

/** How near two names are as strings of letters, without their separators. */
export function spelling(left: Letters, right: Letters): number {
  return mayBeNear(left.letters, right.letters, left.bare.length, right.bare.length)
    ? spellingLikeness(left.bare, right.bare)
    : 0;
}

/** Each letter that only one has costs an edit. */
function mayBeNear(left: number, right: number, leftLength: number, rightLength: number): boolean {
  const most = Math.max(leftLength, rightLength) * 0.4;
  return (
    Math.abs(leftLength - rightLength) <= most && ones(left & ~right) <= most && ones(right & ~left) <= most
  );
}

function ones(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count++;
  return count;
}

/** Words that both have, over all that either has (Dice); a word of the same meaning counts for most of one. */
export function wordLikeness(left: readonly string[], right: readonly string[]): number {
  if (left.length === 0 || right.length === 0) return 0;
  let shared = 0;
  const free = [...right];
  for (const word of left) {
    let best = -1;
    let bestScore = 0;
    for (const [index, other] of free.entries()) {
      const score = word === other ? 1 : sameMeaning(word, other) ? 0.75 : nearWord(word, other);
      if (score > bestScore) [best, bestScore] = [index, score];
    }
    if (best < 0) continue;
    shared += bestScore;
    free.splice(best, 1);
  }
  return (2 * shared) / (left.length + right.length);
}

function nearWord(left: string, right: string): number {
  // `call` and `calling`, `generate` and `generation`: the longer begins as the shorter does.
  const shorter = Math.min(left.length, right.length);
  if (shorter >= 4 && left.slice(0, shorter) === right.slice(0, shorter)) return 0.8;
  // A slip seldom hits the first two letters.
  const begin = left[0] === right[0] || left[1] === right[1];
  const typed = shorter >= 4 && begin ? spellingLikeness(left, right) : 0;
  return typed >= 0.8 ? typed * 0.9 : 0;
}

/** One less the share of letters that differ (edits with swapped neighbours, Damerau). 0 where it cannot reach 0.6. */
export function spellingLikeness(left: string, right: string): number {
  if (left === right) return 1;
  const longest = Math.max(left.length, right.length);
  if (longest > 60 || Math.abs(left.length - right.length) > longest * 0.4) return 0;
  const most = Math.floor(longest * 0.4);
  const edits = editDistance(left, right, most);
  return edits > most ? 0 : 1 - edits / longest;
}

/** Optimal string alignment; more than `most` comes back as `most + 1`. */
function editDistance(left: string, right: string, most: number): number {
  let before: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= right.length; column++) {
      const cost = left[row - 1] === right[column - 1] ? 0 : 1;
      let value = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + cost);
      if (
        row > 1 &&
        column > 1 &&
        left[row - 1] === right[column - 2] &&
        left[row - 2] === right[column - 1]
      ) {
        value = Math.min(value, at(before, column - 2) + 1);
      }
      current.push(value);
      if (value < least) least = value;
    }
    if (least > most) return most + 1;
    [before, last] = [last, current];
  }
  return at(last, right.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
