import type { SentRequest } from '../exchange/exchange.ts';
import type { ApiOperation } from '../spec/api-document.ts';
import { isJson } from '../spec/is-json.ts';
import { bodyContent, bodyValue } from './body-content.ts';
import { type FoundMoves, findMoves, type Stranger } from './find-moves.ts';
import { parameterField } from './find-targets.ts';
import type { KnownField, RouteStep } from './match.ts';
import { placeKey } from './place-key.ts';
import { strayPathValues } from './stray-path-values.ts';
import { knownField, type WalkedBody, walkBody } from './walk-body.ts';

/** The fields of a request as one operation sees them, before any value is checked. */
export interface FieldSketch extends FoundMoves {
  readonly walked: WalkedBody | undefined;
  /** Names of the first level and of the query that the operation knows as they are. */
  readonly knownNames: readonly string[];
  readonly sentNames: readonly string[];
  /** Required fields and parameters with a value, after the moves, and those without one. Path parameters are not among them. */
  readonly met: number;
  readonly missing: readonly KnownField[];
}

export function sketchFields(
  request: SentRequest,
  operation: ApiOperation,
  steps: readonly RouteStep[],
): FieldSketch {
  const content = bodyContent(operation, request);
  const value = bodyValue(request);
  const shape = content?.shape();
  // Without a body of its own the operation still shows its fields to what lies in the path or query by mistake.
  const walked = shape === undefined ? undefined : walkBody(value ?? {}, shape);
  const queryNames = namesInQuery(operation);
  const strangers: Stranger[] = [
    ...[...(walked?.strangers ?? bodyWithoutSchema(value)), ...wantedByPath(walked, steps)].map(
      ({ level, name, value: inner }) => ({
        sent: { place: { in: 'body' as const, steps: [...(level?.steps ?? []), name] }, value: inner },
        name,
        level,
      }),
    ),
    ...request.query
      .filter(([name]) => !knownQuery(queryNames, name))
      .map(([name, inner]) => ({
        sent: { place: { in: 'query' as const, steps: [name] }, value: inner },
        name,
        level: undefined,
      })),
    ...strayPathValues(steps, styleOf(operation)),
  ];
  const found =
    strangers.length === 0
      ? { moves: [], unknown: [] }
      : findMoves(strangers, walked, operation, request, steps);
  const filled = new Set(found.moves.map((move) => placeKey(move.to.place)));
  const required = requiredFields(operation, request, walked, filled);
  const missing = required
    .filter((one) => !one.sent && !filled.has(placeKey(one.known.place)))
    .map(({ known }) => known);
  const [root] = walked?.levels ?? [];
  const sentNames = [...Object.keys(isJson(value) ? value : {}), ...request.query.map(([name]) => name)];
  return {
    ...found,
    walked,
    sentNames,
    knownNames: sentNames.filter((name) => root?.shape.fields.has(name) || knownQuery(queryNames, name)),
    met: required.length - missing.length,
    missing,
  };
}

/** Parameters, the fields of those that are objects (they travel one by one: OpenAPI 3.1, style `form`), and a key of the API. */
function namesInQuery(operation: ApiOperation): ReadonlySet<string> {
  const declared = operation.parameters().filter((one) => one.in === 'query');
  const fields = declared.flatMap((one) => [...one.shape().fields.keys()]);
  const keys = operation
    .security()
    .flatMap((together) => together.flatMap((one) => (one.in === 'query' && one.key ? [one.key] : [])));
  return new Set([...declared.map(({ name }) => name), ...fields, ...keys]);
}

/** `filter[status]` and `tags[]` belong to `filter` and `tags` where the document has only those. */
function knownQuery(names: ReadonlySet<string>, name: string): boolean {
  const stem = name.replace(/\[.*$/s, '');
  return (
    names.has(name) ||
    names.has(stem) ||
    names.has(`${stem}[]`) ||
    [...names].some((one) => one.startsWith(`${stem}[`) && name !== stem)
  );
}

/** A body that takes any field may still hold the value that the path lacks, under the parameter's own name. */
function wantedByPath(walked: WalkedBody | undefined, steps: readonly RouteStep[]) {
  const [root] = walked?.levels ?? [];
  if (root?.shape.rest !== 'map') return [];
  return steps.flatMap((step) => {
    const name = step.kind === 'absent' ? step.parameter : undefined;
    if (name === undefined || !Object.hasOwn(root.value, name) || root.shape.fields.has(name)) return [];
    return [{ level: root, name, value: root.value[name] }];
  });
}

function bodyWithoutSchema(value: unknown): { level: undefined; name: string; value: unknown }[] {
  return isJson(value)
    ? Object.entries(value).map(([name, inner]) => ({ level: undefined, name, value: inner }))
    : [];
}

function requiredFields(
  operation: ApiOperation,
  request: SentRequest,
  walked: WalkedBody | undefined,
  filled: ReadonlySet<string>,
) {
  const sent = new Set(request.query.map(([name]) => name.replace(/\[.*$/s, '')));
  const parameters = operation
    .parameters()
    .filter((one) => one.in === 'query' && one.required)
    .map((one) => ({ known: parameterField(one), sent: sent.has(one.name.replace(/\[.*$/s, '')) }));
  const fields = (walked?.levels ?? []).flatMap((level) => {
    const there = (name: string) =>
      Object.hasOwn(level.value, name) || filled.has(placeKey({ in: 'body', steps: [...level.steps, name] }));
    return [...leastAsked(level.shape.requiredSets, there)].flatMap((name) => {
      const field = level.shape.fields.get(name);
      return field ? [{ known: knownField(level, name, field), sent: there(name) }] : [];
    });
  });
  return [...parameters, ...fields];
}

/** Of alternatives the one that lacks the fewest fields is the one that was meant. */
function leastAsked(
  sets: readonly ReadonlySet<string>[],
  there: (name: string) => boolean,
): ReadonlySet<string> {
  let best: ReadonlySet<string> = sets[0] ?? new Set();
  let fewest = Number.POSITIVE_INFINITY;
  for (const names of sets.slice(0, MOST_ALTERNATIVES)) {
    const lacking = [...names].filter((name) => !there(name)).length;
    if (lacking < fewest) [best, fewest] = [names, lacking];
  }
  return best;
}

const MOST_ALTERNATIVES = 50;

/** How the operation writes names of several words, so that a name that we make looks like its own. */
function styleOf(operation: ApiOperation): (words: readonly string[]) => string {
  const names = operation
    .parameters()
    .map(({ name }) => name)
    .join(' ');
  if (/[a-z][A-Z]/.test(names) && !names.includes('_')) {
    return (words) =>
      words
        .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
        .join('');
  }
  return (words) => words.join('_');
}
