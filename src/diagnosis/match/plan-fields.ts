import type { SentRequest } from '../exchange/exchange.ts';
import type { ApiDocument, ApiOperation, ApiServer } from '../spec/api-document.ts';
import { checkRequest } from '../spec/check-request.ts';
import { correctRequest } from './correct-request.ts';
import { parameterField } from './find-targets.ts';
import { isHostOf } from './is-host-of.ts';
import type { FieldPlan, KnownField, PlacedIssue, RouteStep } from './match.ts';
import { placeKey } from './place-key.ts';
import type { FieldSketch } from './sketch-fields.ts';
import { descriptionOf } from './walk-body.ts';

/** The plan of an operation's fields: the sketch, and what the document has against the values once they are where they belong. */
export function planFields(
  request: SentRequest,
  document: ApiDocument,
  operation: ApiOperation,
  server: ApiServer,
  steps: readonly RouteStep[],
  sketch: FieldSketch,
): FieldPlan {
  const corrected = correctRequest(request, {
    operation,
    server,
    sameHost: isHostOf(request, server),
    steps,
    moves: sketch.moves,
    unknown: sketch.unknown.map(({ sent }) => sent),
  });
  const issues = checkRequest(document, operation, server, corrected);
  const open = openParameters(operation, steps, sketch);
  const asked = issues
    .filter(({ issue }) => issue.keyword === 'required')
    .map((one) => missingField(document, one));
  const missing = new Map([...open, ...asked].map((known) => [placeKey(known.place), known]));
  return {
    moves: sketch.moves,
    unknown: sketch.unknown.map(({ sent, level, near }) => ({
      sent,
      rest: level?.shape.rest === 'closed' ? 'closed' : 'ignored',
      near,
    })),
    missing: [...missing.values()],
    issues: issues.filter(
      ({ issue, place }) => issue.keyword !== 'required' && !missing.has(placeKey(place)),
    ),
  };
}

/** Parameters of the path for which the request has no value. */
function openParameters(
  operation: ApiOperation,
  steps: readonly RouteStep[],
  sketch: FieldSketch,
): KnownField[] {
  const filled = new Set(sketch.moves.map(({ to }) => placeKey(to.place)));
  const open = new Set(
    steps.flatMap((step) => (step.kind === 'absent' && step.parameter ? [step.parameter] : [])),
  );
  return operation
    .parameters()
    .filter((one) => one.in === 'path' && open.has(one.name))
    .map(parameterField)
    .filter(({ place }) => !filled.has(placeKey(place)));
}

/** A required issue names the field; its schema lies below the one that asks for it. */
function missingField(document: ApiDocument, { place, issue }: PlacedIssue): KnownField {
  const name = issue.expected;
  const steps = place.in === 'body' && place.steps.at(-1) !== name ? [...place.steps, name] : place.steps;
  const parent = document.shapeAt([issue.pointer]);
  const field = parent.fields.get(name);
  const pointer = field?.pointer ?? issue.pointer;
  const shape = field?.shape ?? (() => document.shapeAt([pointer]));
  return {
    place: { in: place.in, steps },
    required: true,
    pointer,
    get description() {
      return descriptionOf(shape());
    },
    shape,
  };
}
