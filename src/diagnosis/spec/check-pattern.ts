/** Texts longer than this are not held against a pattern. */
const LONGEST_TEXT = 1_000;
const LONGEST_PATTERN = 1_000;
const DEEPEST_GROUP = 30;
/** Ways in which a pattern may be tried on a text; beyond it the pattern is not run. */
const MOST_WAYS = 1_000_000;

/** A regular expression of a document, which may be wrong or take for ever. */
export interface CheckedPattern {
  /** `undefined`: it cannot be told at a fair price, and the text is to be taken as fitting. */
  readonly test: (text: string) => boolean | undefined;
  /** How many schema visits a test of this text is worth. */
  readonly price: (text: string) => number;
}

/**
 * Reads a `pattern`. JavaScript's matcher goes back and tries again, so a pattern from a stranger can hang it: the ways to spread a
 * text over the quantifiers are counted first, and a repeated group with a choice in it is never run.
 */
export function readPattern(source: string): CheckedPattern {
  const expression = compiled(source);
  if (expression === undefined) return { test: () => undefined, price: () => 1 };
  const anchored = source.startsWith('^') && !source.includes('|');
  // Counted by length, because a quantifier without a bound can take the whole text.
  const counted = new Map<number, number>();
  const waysFor = (length: number) => {
    const known = counted.get(length);
    if (known !== undefined) return known;
    const ways = countWays(source, length) * (anchored ? 1 : length + 1);
    counted.set(length, ways);
    return ways;
  };
  return {
    test: (text) =>
      text.length > LONGEST_TEXT || waysFor(text.length) > MOST_WAYS ? undefined : expression.test(text),
    price: (text) =>
      text.length > LONGEST_TEXT ? 1 : 1 + Math.floor(Math.min(waysFor(text.length), MOST_WAYS) / 1_000),
  };
}

function compiled(source: string): RegExp | undefined {
  if (source.length > LONGEST_PATTERN) return undefined;
  for (const flags of ['u', '']) {
    try {
      return new RegExp(source, flags);
    } catch {
      // Many documents escape what the flag `u` does not allow to be escaped.
    }
  }
  return undefined;
}

interface Place {
  readonly source: string;
  at: number;
}

function countWays(source: string, length: number): number {
  return choices({ source, at: 0 }, length, 0);
}

/** The alternatives up to a closing bracket or the end. */
function choices(place: Place, length: number, depth: number): number {
  if (depth > DEEPEST_GROUP) return Number.POSITIVE_INFINITY;
  let all = 0;
  let ways = 1;
  while (place.at < place.source.length && place.source[place.at] !== ')') {
    if (place.source[place.at] === '|') {
      all += ways;
      ways = 1;
      place.at++;
      continue;
    }
    const inner = atom(place, length, depth);
    ways *= repeated(inner, quantifier(place), length);
  }
  return all + ways;
}

function atom(place: Place, length: number, depth: number): number {
  const start = place.source[place.at++];
  if (start === '\\') place.at++;
  if (start === '[') skipClass(place);
  if (start !== '(') return 1;
  place.at += /^\?(?:<?[=!]|:|<[^>]*>)?/.exec(place.source.slice(place.at))?.[0].length ?? 0;
  const inner = choices(place, length, depth + 1);
  place.at++;
  return inner;
}

function skipClass(place: Place): void {
  while (place.at < place.source.length && place.source[place.at] !== ']') {
    place.at += place.source[place.at] === '\\' ? 2 : 1;
  }
  place.at++;
}

interface Repeat {
  readonly least: number;
  readonly most: number;
}

function quantifier(place: Place): Repeat | undefined {
  const found = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/.exec(place.source.slice(place.at, place.at + 40));
  if (!found) return undefined;
  place.at += found[0].length;
  const [, sign, least, comma, most] = found;
  if (sign === '?') return { least: 0, most: 1 };
  if (sign !== undefined) return { least: sign === '+' ? 1 : 0, most: Number.POSITIVE_INFINITY };
  const from = Number(least);
  return {
    least: from,
    most: comma === undefined ? from : most ? Number(most) : Number.POSITIVE_INFINITY,
  };
}

function repeated(inner: number, repeat: Repeat | undefined, length: number): number {
  if (repeat === undefined) return inner;
  const most = Math.min(repeat.most, Math.max(length, repeat.least));
  if (inner === 1) return Math.max(1, most - repeat.least + 1);
  if (repeat.most === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  return inner ** most * (most - repeat.least + 1);
}
