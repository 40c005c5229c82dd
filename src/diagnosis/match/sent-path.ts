import { percentDecoded } from '../../kernel/percent-decoded.ts';
import { type Likeness, type Segment, segmentLikeness, segmentOf } from './likeness.ts';
import { PARAMETER_WEIGHT, type RouteIndex } from './route-index.ts';
import { segmentsOf } from './template.ts';
import { isVerb } from './words.ts';

/** The segments of a sent path, each compared with every literal of a document. */
export interface SentPath {
  readonly segments: readonly SentSegment[];
  readonly weight: number;
}

export interface SentSegment {
  /** As on the wire. */
  readonly raw: string;
  /** Decoded. */
  readonly text: string;
  /** How well it goes as a value of a parameter, by its looks alone. 0 to 1. */
  readonly asValue: number;
  /** It looks like an identifier: it has digits, or what no word has. */
  readonly identifier: boolean;
  readonly verb: boolean;
  readonly version: boolean;
  /** The document has it, or another spelling of it, as a literal. */
  readonly literal: boolean;
  readonly weight: number;
  /** By the number of the literal. */
  readonly likeness: (literal: number) => Likeness;
}

/** No path has more; what follows counts as one. */
const MOST_SEGMENTS = 60;

export function sentPath(path: string, index: RouteIndex): SentPath {
  const all = segmentsOf(path);
  const kept =
    all.length > MOST_SEGMENTS ? [...all.slice(0, MOST_SEGMENTS), all.slice(MOST_SEGMENTS).join('/')] : all;
  const segments = kept.map((raw) => sentSegment(raw, index));
  return { segments, weight: segments.reduce((sum, one) => sum + one.weight, 0) };
}

function sentSegment(raw: string, index: RouteIndex): SentSegment {
  const text = percentDecoded(raw);
  const segment = segmentOf(text);
  const same = index.known(segment.plain);
  const known: (Likeness | undefined)[] = [];
  const likeness = (number: number): Likeness => {
    const found = known[number];
    if (found) return found;
    const right = index.literals[number];
    const made: Likeness = right ? segmentLikeness(segment, right) : { score: 0, how: 'other' };
    known[number] = made;
    return made;
  };
  const facts = {
    identifier: looksLikeIdentifier(text, segment),
    verb: isVerb(text),
    version: segment.version,
    literal: same !== undefined,
  };
  // A word that is near one of the document's words is rather that word misspelt than a name that someone gave.
  const near = facts.literal || facts.identifier ? -1 : nearest(index, likeness);
  return {
    raw,
    text,
    ...facts,
    // Nothing is no value: between two slashes a value was left out.
    asValue: text === '' ? 0 : near >= 0 ? Math.min(0.4, valueLikeness(facts)) : valueLikeness(facts),
    weight:
      same !== undefined ? index.weightOf(same) : near >= 0 ? index.weightOf(near) : strangerWeight(facts),
    likeness,
  };
}

/** The number of the literal that a segment is another spelling of; -1 where there is none. */
function nearest(index: RouteIndex, likeness: (literal: number) => Likeness): number {
  let best = -1;
  let most = NEAR;
  for (let number = 0; number < index.literals.length; number++) {
    const { score } = likeness(number);
    if (score > most) [best, most] = [number, score];
  }
  return best;
}

const NEAR = 0.7;

interface Looks {
  readonly identifier: boolean;
  readonly literal: boolean;
  readonly verb: boolean;
  readonly version: boolean;
}

function valueLikeness({ identifier, literal, verb, version }: Looks): number {
  if (version) return 0.15;
  if (literal) return 0.3;
  if (verb) return 0.15;
  return identifier ? 1 : 0.85;
}

/** Of a segment that the document does not know in any spelling. */
function strangerWeight({ identifier, verb, version }: Looks): number {
  if (identifier) return PARAMETER_WEIGHT;
  return verb || version ? 0.2 : 0.5;
}

function looksLikeIdentifier(text: string, segment: Segment): boolean {
  if (segment.version) return false;
  if (/^(?:\$?\{.*\}|<.*>|:\w+|\$\w+|%7B.*%7D)$/i.test(text)) return true;
  return (
    /[@+:%=,~!*']/.test(text) ||
    /\.\.\./.test(text) ||
    /\d{3,}/.test(text) ||
    /[a-z]_?\d|\d[a-z]/i.test(text) ||
    text.length > 40 ||
    /^\d+$/.test(text)
  );
}
