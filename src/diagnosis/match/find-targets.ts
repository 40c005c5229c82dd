import type { SentRequest } from '../exchange/exchange.ts';
import type { ApiOperation, ApiParameter } from '../spec/api-document.ts';
import type { Shape } from '../spec/shape.ts';
import type { KnownField, RouteStep } from './match.ts';
import { type BodyLevel, knownField, type WalkedBody } from './walk-body.ts';

/** A place where a stranger may belong. `distance` 0: beside it. */
export interface Target {
  readonly name: string;
  readonly required: boolean;
  /** Made when it is asked for: of most fields the name alone says that they are not meant. */
  readonly known: () => KnownField;
  readonly distance: number;
  /** The object that holds it was sent. */
  readonly parentSent: boolean;
  /** The score from which on it is offered. */
  readonly enough: number;
}

/** The score from which on a field is offered beside the one that was sent, and elsewhere. */
export const SAME_LEVEL = 0.5;
export const ELSEWHERE = 0.55;
/** Out of an object is a longer way than into one: beside a field there is mostly another that was meant. */
const ABOVE = 6;
const MOST_TARGETS = 400;
const MOST_OBJECTS = 60;
const DEEPEST = 3;

/** Where the strangers of a level may belong: fields that were not sent, beside it, below and above, and parameters without a value. */
export function findTargets(
  walked: WalkedBody | undefined,
  operation: ApiOperation,
  request: SentRequest,
  steps: readonly RouteStep[],
): (level: BodyLevel | undefined) => readonly Target[] {
  const outside = outsideTargets(operation, request, steps);
  const known = new Map<BodyLevel | undefined, readonly Target[]>();
  return (level) => {
    const found = known.get(level);
    if (found) return found;
    const made = [...bodyTargets(level, walked), ...outside];
    known.set(level, made);
    return made;
  };
}

function bodyTargets(level: BodyLevel | undefined, walked: WalkedBody | undefined): Target[] {
  const found: Target[] = [];
  if (!walked) return found;
  const [root] = walked.levels;
  if (level) {
    addLevel(found, level, level.value, 0, true);
    addInside(found, level, level.value, 1);
    if (root && root !== level) addLevel(found, root, root.value, ABOVE, true);
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
  const enough = distance === 0 ? SAME_LEVEL : ELSEWHERE;
  for (const [name, field] of level.shape.fields) {
    if (found.length >= MOST_TARGETS) return;
    if (Object.hasOwn(sent, name)) continue;
    const known = () => knownField(level, name, field);
    found.push({ name, required: field.required, known, distance, parentSent, enough });
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
        if (below.length > MOST_OBJECTS) break;
        const inner = Object.hasOwn(values, name) ? values[name] : undefined;
        const there = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
        if (inner !== undefined && !there) continue;
        const shape = field.shape();
        if (shape.fields.size === 0) continue;
        below.push({
          at: { steps: [...at.steps, name], shape },
          sent: there ? (inner as Readonly<Record<string, unknown>>) : {},
          // An empty object is no sign that its fields were meant.
          present: present && there && Object.keys(inner as object).length > 0,
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
      name: one.name,
      required: one.required,
      known: () => parameterField(one),
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
