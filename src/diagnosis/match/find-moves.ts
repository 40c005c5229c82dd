import type { SentRequest } from '../exchange/exchange.ts';
import type { ApiOperation, ApiParameter } from '../spec/api-document.ts';
import type { Shape } from '../spec/shape.ts';
import { fieldLikeness } from './field-likeness.ts';
import type { FieldMove, FieldPlace, KnownField, RouteStep, SentField } from './match.ts';
import { type BodyLevel, knownField, type WalkedBody } from './walk-body.ts';
import { wordsOf } from './words.ts';

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

/** A place where a stranger may belong. `distance` 0: beside it. */
interface Target {
  readonly known: KnownField;
  readonly name: string;
  readonly distance: number;
  /** The object that holds it was sent. */
  readonly parentSent: boolean;
  /** The score from which on it is offered. */
  readonly enough: number;
}

const SAME_LEVEL = 0.5;
/** What is enough of that for a pair without a rival. */
const ALONE = 0.6;
const ELSEWHERE = 0.55;
/** Of names alone. */
const OTHER_PLACE = 0.8;
const MOST_TARGETS = 400;
const DEEPEST = 3;

/** Finds what was meant by each stranger: no field is the answer for two. */
export function findMoves(
  strangers: readonly Stranger[],
  walked: WalkedBody | undefined,
  operation: ApiOperation,
  request: SentRequest,
  steps: readonly RouteStep[],
): FoundMoves {
  const unwrapped = strangers.flatMap((one) => unwrap(one));
  const outside = outsideTargets(operation, request, steps);
  const pairs = unwrapped.flatMap((stranger) => {
    const targets = [...bodyTargets(stranger, walked), ...outside];
    return targets.flatMap((target) => judge(stranger, target) ?? []);
  });
  const best = surest(pairs);
  const taken = new Set<string>();
  const moved = new Map<Stranger, FieldMove>();
  for (const { stranger, target, score, reasons } of best) {
    const key = placeKey(target.known.place);
    if (moved.has(stranger) || taken.has(key)) continue;
    taken.add(key);
    const { place } = stranger.sent;
    moved.set(stranger, {
      from: stranger.sent,
      to: target.known,
      renamed: place.steps.at(-1) !== target.known.place.steps.at(-1),
      moved: place.in !== target.known.place.in || parentKey(place) !== parentKey(target.known.place),
      confidence: score,
      reasons,
    });
  }
  const unknown = unwrapped
    .filter((stranger) => !moved.has(stranger))
    .map((stranger) => ({
      ...stranger,
      near: pairs
        .filter((pair) => pair.stranger === stranger && pair.refused !== undefined)
        .map(({ target, refused }) => ({ known: target.known, why: refused ?? '' }))
        .slice(0, 3),
    }));
  return { moves: [...moved.values()], unknown: rewrap(strangers, unknown) };
}

/** Those that are sure enough, best first. One that nothing else comes near needs less than one among several. */
function surest(pairs: readonly Pairing[]): readonly Pairing[] {
  return pairs
    .filter((pair) => {
      if (pair.score <= 0 || pair.score >= pair.target.enough) return pair.score > 0;
      const rivals = pairs.filter((other) => other !== pair && other.stranger === pair.stranger);
      return (
        pair.firm &&
        pair.score >= pair.target.enough * ALONE &&
        rivals.every(({ score }) => score < pair.score * 0.75)
      );
    })
    .sort((a, b) => b.score - a.score);
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

/** A wrapper of which nothing fitted is one unknown field, not many. */
function rewrap<Unknown extends Stranger & { near: { known: KnownField; why: string }[] }>(
  strangers: readonly Stranger[],
  unknown: readonly Unknown[],
): readonly (Stranger & { near: { known: KnownField; why: string }[] })[] {
  return strangers.flatMap((stranger) => {
    const own = unknown.filter((one) => one.sent === stranger.sent);
    if (own.length > 0) return own;
    const key = `${placeKey(stranger.sent.place)} `;
    return unknown.filter((one) => placeKey(one.sent.place).startsWith(key));
  });
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
  const likeness = fieldLikeness(stranger.name, stranger.sent.value, {
    name: target.name,
    description: target.known.description,
    shape: target.known.shape,
  });
  if (likeness.refused !== undefined) {
    const near = likeness.name >= 0.5;
    return near
      ? [{ stranger, target, score: 0, reasons: [], firm: false, refused: likeness.refused }]
      : undefined;
  }
  if (target.distance === 0) {
    const score = Math.min(1, likeness.score + (target.known.required ? 0.12 * (1 - likeness.score) : 0));
    return score < SAME_LEVEL * ALONE
      ? undefined
      : [{ stranger, target, score, reasons: likeness.reasons, firm: likeness.firm }];
  }
  // Away from its place a field is known by its name; likeness alone would find something everywhere.
  if (likeness.name < OTHER_PLACE && !(target.known.required && likeness.score >= 0.62)) return undefined;
  const near = target.parentSent ? 0.06 : target.known.required ? 0.04 : 0;
  const score = likeness.score * (0.9 - 0.04 * target.distance) + near;
  return score < ELSEWHERE
    ? undefined
    : [{ stranger, target, score, reasons: likeness.reasons, firm: likeness.firm }];
}

function bodyTargets(stranger: Stranger, walked: WalkedBody | undefined): Target[] {
  const found: Target[] = [];
  if (!walked) return found;
  const [root] = walked.levels;
  const { level } = stranger;
  if (level) {
    addLevel(found, level, level.value, 0, true);
    addInside(found, level, level.value, 1);
    if (root && root !== level) addLevel(found, root, root.value, level.steps.length, true);
  } else if (root) {
    addLevel(found, root, root.value, 1, true);
    addInside(found, root, root.value, 2);
  }
  return found;
}

type At = { readonly steps: readonly (string | number)[]; readonly shape: Shape };

function addLevel(
  found: Target[],
  level: At,
  sent: Readonly<Record<string, unknown>>,
  distance: number,
  parentSent: boolean,
): void {
  for (const name of level.shape.fields.keys()) {
    if (found.length >= MOST_TARGETS) return;
    if (Object.hasOwn(sent, name)) continue;
    const known = knownField(level, name);
    if (known)
      found.push({ known, name, distance, parentSent, enough: distance === 0 ? SAME_LEVEL : ELSEWHERE });
  }
}

/** Fields of the objects below, breadth first, as far as it makes sense to look. */
function addInside(
  found: Target[],
  level: At,
  sent: Readonly<Record<string, unknown>>,
  distance: number,
): void {
  let objects: { at: At; sent: Readonly<Record<string, unknown>>; present: boolean }[] = [
    { at: level, sent, present: true },
  ];
  for (let depth = 0; depth < DEEPEST; depth++) {
    const below: typeof objects = [];
    for (const { at, sent: values, present } of objects) {
      for (const [name, field] of at.shape.fields) {
        const shape = field.shape();
        if (shape.fields.size === 0 || below.length > 60) continue;
        const inner = Object.hasOwn(values, name) ? values[name] : undefined;
        const there = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
        if (inner !== undefined && !there) continue;
        below.push({
          at: { steps: [...at.steps, name], shape },
          sent: there ? (inner as Readonly<Record<string, unknown>>) : {},
          present: present && there,
        });
      }
    }
    for (const { at, sent: values, present } of below) addLevel(found, at, values, distance + depth, present);
    objects = below;
  }
}

/** Path parameters without a value, and parameters of query and header that were not sent. */
function outsideTargets(
  operation: ApiOperation,
  request: SentRequest,
  steps: readonly RouteStep[],
): Target[] {
  const open = new Set(
    steps.flatMap((step) => (step.kind === 'absent' && step.parameter ? [step.parameter] : [])),
  );
  const sent = new Set(request.query.map(([name]) => name));
  const headers = new Set((request.headers ?? []).map(([name]) => name.toLowerCase()));
  return operation
    .parameters()
    .filter((one) =>
      one.in === 'path'
        ? open.has(one.name)
        : one.in === 'query'
          ? !sent.has(one.name)
          : !headers.has(one.name.toLowerCase()),
    )
    .map((one) => ({
      known: parameterField(one),
      name: one.name,
      distance: one.in === 'path' ? 0.5 : 1,
      parentSent: true,
      enough: ELSEWHERE,
    }));
}

export function parameterField(parameter: ApiParameter): KnownField {
  return {
    place: { in: parameter.in, steps: [parameter.name] },
    required: parameter.required,
    pointer: parameter.pointer,
    description: parameter.description,
    shape: parameter.shape,
  };
}

/** Values in the path that have no place in the operation's path, under the name that the segment before gives them. */
export function strayPathValues(
  steps: readonly RouteStep[],
  style: (words: readonly string[]) => string,
): Stranger[] {
  const found: Stranger[] = [];
  for (const [index, step] of steps.entries()) {
    if (step.kind !== 'extra' || !/\d|[@+%<{$]/.test(step.sent)) continue;
    const before = steps.slice(0, index).findLast((one) => one.kind !== 'absent' && one.kind !== 'value');
    const noun = before && 'sent' in before ? wordsOf(before.sent) : [];
    const name = style([...noun, 'id']);
    found.push({
      sent: { place: { in: 'path', steps: [name] }, value: decoded(step.sent) },
      name,
      level: undefined,
    });
  }
  return found;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function placeKey(place: FieldPlace): string {
  return [place.in, ...place.steps].join(' ');
}

function parentKey(place: FieldPlace): string {
  return place.steps.slice(0, -1).join(' ');
}
