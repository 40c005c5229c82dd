import type { ReceivedReply, SentRequest } from '../exchange/exchange.ts';
import type { ApiDocument, ApiOperation } from '../spec/api-document.ts';
import { successorHint } from '../spec/successor-hint.ts';
import { type Alignment, align, likenessTo, routeSteps, settle } from './align.ts';
import { type Features, featuresOf } from './features.ts';
import { type FieldIndex, fieldIndex } from './field-index.ts';
import type { RouteStep } from './match.ts';
import { type RouteEntry, routeIndex } from './route-index.ts';
import { type SentPath, sentPath } from './sent-path.ts';
import { type FieldSketch, sketchFields } from './sketch-fields.ts';
import { stepsFit } from './steps-fit.ts';
import { noneWeight, weights } from './weights.ts';

/** One operation with all that was worked out about it. */
export interface Candidate {
  readonly document: ApiDocument;
  readonly entry: RouteEntry;
  readonly alignment: Alignment;
  readonly steps: readonly RouteStep[];
  readonly sketch: FieldSketch;
  readonly features: Features;
  readonly score: number;
}

/** How many operations are looked at closely. */
const CLOSE_LOOK = 20;
/** So many in any case; others only where they are not far behind the best at first sight. */
const ALWAYS = 6;
const WORTH_A_LOOK = 0.55;

/** The operations of one document that are worth a close look, with their features. */
export function candidates(
  request: SentRequest,
  document: ApiDocument,
  reply?: ReceivedReply,
): readonly Candidate[] {
  const routes = routeIndex(document);
  const fields = fieldIndex(document);
  const path = sentPath(request.path, routes);
  const names = namesSent(request, fields);
  const sentNames = new Set(names.names.map(({ name }) => name));
  const pathLikeness = likenessTo(path);
  const ranked = routes.entries
    .map((entry) => ({
      entry,
      rough: pathLikeness(entry) + roughScore(request, path, entry, names, fields),
    }))
    .sort((a, b) => b.rough - a.rough)
    .slice(0, CLOSE_LOOK);
  const least = (ranked[0]?.rough ?? 0) * WORTH_A_LOOK;
  const close = ranked.filter(({ rough }, index) => index < ALWAYS || rough >= least);
  const looked = close.map(({ entry }) => {
    const alignment = settle(align(path, entry), entry, sentNames);
    const steps = routeSteps(path, entry, alignment);
    return { entry, alignment, steps, sketch: sketchFields(request, entry.operation, steps) };
  });
  const fitting = fittingOf(looked, request.method);
  const named = fitting && successorHint(fitting.entry.operation, document.operations)?.operation;
  const successors = new Set(named ? [named.index] : []);
  const found = looked.map((one) => {
    const features = featuresOf({ request, reply, path, fields, successors, ...one });
    return { document, ...one, features, score: scoreOf(features) };
  });
  if (!fitting) return found;
  const { operation } = fitting.entry;
  if (reply?.status === 410 && operation.deprecated) return withSuccessorFirst(found, operation, successors);
  return isBelieved(found, operation, reply) ? withFirst(found, new Set([operation.index])) : found;
}

interface Looked {
  readonly entry: RouteEntry;
  readonly steps: readonly RouteStep[];
}

/** The operation that the path and method are those of. A literal wins over a parameter, as in a provider's router. */
function fittingOf<One extends Looked>(looked: readonly One[], method: string): One | undefined {
  const all = looked.filter(({ entry, steps }) => entry.operation.method === method && stepsFit(steps));
  const values = ({ steps }: Looked) => steps.filter(({ kind }) => kind === 'value').length;
  return all.sort((one, other) => values(one) - values(other))[0];
}

/** What fits is meant, except where nothing was found and a word stands where a value is due: `/agents/list`. */
function isBelieved(
  found: readonly Candidate[],
  operation: ApiOperation,
  reply: ReceivedReply | undefined,
): boolean {
  if (reply?.status !== 404 && reply?.status !== 405) return true;
  const features = found.find(({ entry }) => entry.operation === operation)?.features;
  return features !== undefined && features.poorValue < DOUBTFUL;
}

const DOUBTFUL = 0.5;

/** Puts operations before all others, as far as to be sure of them. */
function withFirst(found: readonly Candidate[], numbers: ReadonlySet<number>): readonly Candidate[] {
  const others = found.filter(({ entry }) => !numbers.has(entry.operation.index));
  const least = Math.max(noneWeight, ...others.map(({ score }) => score)) + SURE;
  return found.map((one) =>
    numbers.has(one.entry.operation.index) ? { ...one, score: Math.max(one.score, least) } : one,
  );
}

/** What answers 410 is gone; where its own description names what took its place, no likeness says it better. */
function withSuccessorFirst(
  found: readonly Candidate[],
  gone: ApiOperation,
  successors: ReadonlySet<number>,
): readonly Candidate[] {
  const named = found.filter(
    ({ entry }) => entry.operation !== gone && successors.has(entry.operation.index),
  );
  return withFirst(found, new Set(named.map(({ entry }) => entry.operation.index)));
}

/** Some fifty to one. */
const SURE = 4;

export function scoreOf(features: Features): number {
  let sum = 0;
  for (const name in weights) sum += weights[name as keyof Features] * features[name as keyof Features];
  return sum;
}

/** What an exact name and what a name alike is worth, by sent name. */
interface NamesSent {
  readonly weight: number;
  readonly names: readonly {
    readonly name: string;
    readonly weight: number;
    readonly alike: ReadonlySet<string>;
  }[];
}

function namesSent(request: SentRequest, fields: FieldIndex): NamesSent {
  const { body } = request;
  const value = body.kind === 'json' || body.kind === 'form' ? body.value : undefined;
  const inBody =
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.keys(value).slice(0, 60)
      : [];
  const names = [...inBody, ...request.query.slice(0, 40).map(([name]) => name)].map((name) => ({
    name,
    weight: fields.weightOf(name),
    alike: new Set(fields.alike(name)),
  }));
  return { names, weight: names.reduce((sum, one) => sum + one.weight, 0) };
}

/** What is added to the likeness of the path. */
function roughScore(
  request: SentRequest,
  path: SentPath,
  entry: RouteEntry,
  sent: NamesSent,
  fields: FieldIndex,
): number {
  const same = entry.operation.method === request.method ? 0.22 : 0;
  const fits = fitsAsItIs(path, entry) ? 1 : 0;
  return fits + same + 0.5 * namesFit(sent, fields.namesOf(entry.operation));
}

/** What fits as it is must be looked at, however little its words are worth. */
function fitsAsItIs({ segments }: SentPath, entry: RouteEntry): boolean {
  if (segments.length !== entry.steps.length) return false;
  return entry.steps.every((step, index) => {
    const text = segments[index]?.text ?? '';
    return step.kind === 'literal' ? step.text === text : step.read(text) !== undefined;
  });
}

function namesFit(sent: NamesSent, known: ReadonlySet<string>): number {
  if (sent.weight === 0 || known.size === 0) return 0;
  let sum = 0;
  for (const { name, weight, alike } of sent.names) {
    if (known.has(name)) sum += weight;
    else {
      for (const other of alike) {
        if (!known.has(other)) continue;
        sum += weight * 0.5;
        break;
      }
    }
  }
  return sum / sent.weight;
}
