import type { SentRequest } from '../exchange/exchange.ts';
import type { ApiOperation } from '../spec/api-document.ts';
import { fieldLikeness } from './field-likeness.ts';
import { ELSEWHERE, findTargets, SAME_LEVEL, type Target } from './find-targets.ts';
import type { FieldMove, FieldPlace, KnownField, RouteStep, SentField } from './match.ts';
import { nameLikeness } from './name-likeness.ts';
import { placeKey } from './place-key.ts';
import type { BodyLevel, WalkedBody } from './walk-body.ts';

export interface Stranger {
  readonly sent: SentField;
  /** The name that it goes by. */
  readonly name: string;
  /** Of the object that it was found in; `undefined` outside the body. */
  readonly level: BodyLevel | undefined;
}

export interface FoundMoves {
  readonly moves: readonly FieldMove[];
  readonly unknown: readonly (Stranger & { near: { known: KnownField; why: string }[] })[];
}

/** What is enough of that for a pair without a rival. */
const ALONE = 0.6;
/** Of names alone. */
const OTHER_PLACE = 0.8;
/** More than these are not looked into: who sends so many unknown fields does not mean this operation. */
const MOST_STRANGERS = 40;

/** Finds what was meant by each stranger: no field is the answer for two. */
export function findMoves(
  strangers: readonly Stranger[],
  walked: WalkedBody | undefined,
  operation: ApiOperation,
  request: SentRequest,
  steps: readonly RouteStep[],
): FoundMoves {
  const unwrapped = strangers.map((one) => ({ whole: one, parts: unwrap(one) }));
  const targetsOf = findTargets(walked, operation, request, steps);
  const pairs = unwrapped
    .flatMap(({ parts }) => parts)
    .slice(0, MOST_STRANGERS)
    .flatMap((stranger) => targetsOf(stranger.level).flatMap((target) => judge(stranger, target) ?? []));
  const best = surest(pairs);
  const taken = new Set<string>();
  const moved = new Map<Stranger, FieldMove>();
  for (const { stranger, target, score, reasons } of best) {
    const to = target.known();
    const key = placeKey(to.place);
    if (moved.has(stranger) || taken.has(key)) continue;
    taken.add(key);
    const { place } = stranger.sent;
    moved.set(stranger, {
      from: stranger.sent,
      to,
      renamed: place.steps.at(-1) !== to.place.steps.at(-1),
      moved: place.in !== to.place.in || parentKey(place) !== parentKey(to.place),
      confidence: score,
      reasons,
    });
  }
  const refusals = byStranger(pairs.filter(({ refused }) => refused !== undefined));
  const unknown = unwrapped.flatMap(({ whole, parts }) => {
    const left = parts.filter((one) => !moved.has(one));
    // A wrapper of which nothing fitted is one unknown field, not many.
    const told = left.length === parts.length ? [whole] : left;
    return told.map((one) => ({ ...one, near: nearOf(refusals.get(one) ?? []) }));
  });
  return { moves: [...moved.values()], unknown };
}

function nearOf(refused: readonly Pairing[]): { known: KnownField; why: string }[] {
  return refused.slice(0, 3).map((pair) => ({ known: pair.target.known(), why: pair.refused ?? '' }));
}

function byStranger(pairs: readonly Pairing[]): ReadonlyMap<Stranger, readonly Pairing[]> {
  const found = new Map<Stranger, Pairing[]>();
  for (const pair of pairs) {
    const own = found.get(pair.stranger);
    if (own) own.push(pair);
    else found.set(pair.stranger, [pair]);
  }
  return found;
}

/** Those that are sure enough, best first. One that nothing else comes near needs less than one among several. */
function surest(pairs: readonly Pairing[]): readonly Pairing[] {
  const sure = [...byStranger(pairs).values()].flatMap((own) => {
    const enough = own.filter(({ score, target }) => score > 0 && score >= target.enough);
    const [best, next] = [...own].sort((a, b) => b.score - a.score);
    if (!best || best.score <= 0 || best.score >= best.target.enough) return enough;
    const alone =
      best.firm && best.score >= best.target.enough * ALONE && (next?.score ?? 0) < best.score * 0.75;
    return alone ? [...enough, best] : enough;
  });
  return sure.sort((a, b) => b.score - a.score);
}

/** An object under a name that nobody knows, whose own fields are known one level up, is a wrapper: its fields are the strangers. */
function unwrap(stranger: Stranger): readonly Stranger[] {
  const { value, place } = stranger.sent;
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !stranger.level)
    return [stranger];
  const { level } = stranger;
  const inner = Object.entries(value);
  const known = inner.filter(([name]) => level.shape.fields.has(name) && !Object.hasOwn(level.value, name));
  if (inner.length === 0 || known.length * 2 < inner.length) return [stranger];
  return inner.map(([name, one]) => ({
    sent: { place: { in: place.in, steps: [...place.steps, name] }, value: one },
    name,
    level,
  }));
}

/** A stranger beside a field that it may mean; `refused` says why it cannot. */
interface Pairing {
  readonly stranger: Stranger;
  readonly target: Target;
  readonly score: number;
  readonly reasons: readonly string[];
  readonly firm: boolean;
  readonly refused?: string;
}

function judge(stranger: Stranger, target: Target): readonly Pairing[] | undefined {
  const { required } = target;
  const names = nameLikeness(stranger.name, target.name);
  if (names.refused !== undefined) {
    const near = { stranger, target, score: 0, reasons: [], firm: false, refused: names.refused };
    return names.score >= 0.5 ? [near] : undefined;
  }
  // Away from its place a field is known by its name; likeness alone would find something everywhere.
  if (target.distance > 0 && names.score < OTHER_PLACE && !required) return undefined;
  const likeness = fieldLikeness(names, stranger, target.known(), target.name);
  if (target.distance > 0 && names.score < OTHER_PLACE && likeness.score < 0.62) return undefined;
  const near = target.parentSent ? 0.06 : required ? 0.04 : 0;
  const score =
    target.distance === 0
      ? Math.min(1, likeness.score + (required ? 0.12 * (1 - likeness.score) : 0))
      : likeness.score * (0.9 - 0.04 * target.distance) + near;
  const least = target.distance === 0 ? SAME_LEVEL * ALONE : ELSEWHERE;
  return score < least
    ? undefined
    : [{ stranger, target, score, reasons: likeness.reasons, firm: likeness.firm }];
}

function parentKey(place: FieldPlace): string {
  return place.steps.slice(0, -1).join(' ');
}
