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
  const text = decoded(raw);
  const segment = segmentOf(text);
  const same = index.known(segment.plain);
  const literal = same !== undefined;
  const verb = isVerb(text);
  const identifier = looksLikeIdentifier(text, segment);
  const known: (Likeness | undefined)[] = [];
  return {
    raw,
    text,
    asValue: valueLikeness({ identifier, literal, verb, version: segment.version }),
    identifier,
    verb,
    version: segment.version,
    literal,
    weight:
      same !== undefined
        ? index.weightOf(same)
        : identifier
          ? PARAMETER_WEIGHT
          : verb || segment.version
            ? 0.2
            : 0.6,
    likeness(number) {
      const found = known[number];
      if (found) return found;
      const right = index.literals[number];
      const made: Likeness = right ? segmentLikeness(segment, right) : { score: 0, how: 'other' };
      known[number] = made;
      return made;
    },
  };
}

function valueLikeness(facts: {
  identifier: boolean;
  literal: boolean;
  verb: boolean;
  version: boolean;
}): number {
  if (facts.version) return 0.15;
  if (facts.literal) return facts.identifier ? 0.3 : 0.15;
  if (facts.verb) return 0.15;
  return facts.identifier ? 1 : 0.6;
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

/** Percent-encoding that is broken is meant literally. */
function decoded(raw: string): string {
  if (!raw.includes('%')) return raw;
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}
