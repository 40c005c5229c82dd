import type { ReceivedReply, SentRequest } from '../exchange/exchange.ts';
import type { ApiOperation } from '../spec/api-document.ts';
import type { Alignment } from './align.ts';
import { bodyValue } from './body-content.ts';
import type { FieldIndex } from './field-index.ts';
import { isVersion } from './likeness.ts';
import type { RouteStep } from './match.ts';
import type { RouteEntry } from './route-index.ts';
import type { SentPath, SentSegment } from './sent-path.ts';
import type { FieldSketch } from './sketch-fields.ts';
import { stepsFit } from './steps-fit.ts';
import type { TemplateStep } from './template.ts';
import { isVerb, wordsOf } from './words.ts';

/** What speaks for or against an operation, as numbers that a weight is learned for (bench/explain-fit.ts). */
export interface Features {
  /** What the paths have in common, by weight: 0 to 1. */
  readonly likeness: number;
  /** Every segment fits as it is. */
  readonly pathFits: number;
  readonly pathAndMethodFit: number;
  /** They fit, and the answer was 404 or 405. */
  readonly fitsButNotFound: number;
  /** DELETE, PUT or PATCH of a collection, where this operation does it to one of its items. */
  readonly itemOfCollection: number;
  /** Segments that had to be read as another. */
  readonly changed: number;
  /** Share of the sent path, and of the operation's, that has a counterpart. */
  readonly sentCovered: number;
  readonly rightCovered: number;
  /** The last segments mean the same. */
  readonly tailFits: number;
  readonly extraVerb: number;
  /** Identifiers in the path that belong nowhere, and those that belong elsewhere in the request. */
  readonly extraIdentifier: number;
  readonly extraIdentifierUsed: number;
  readonly extraLiteral: number;
  /** The sent path ends with a word that is no mere verb, and this operation has nothing for it. */
  readonly extraTail: number;
  readonly extraVersion: number;
  readonly absentBase: number;
  readonly absentVersion: number;
  /** Parameters of the path without a value anywhere, and those whose value lies elsewhere in the request. */
  readonly absentParameter: number;
  readonly absentParameterFound: number;
  readonly absentTail: number;
  readonly absentLiteral: number;
  /** Segments that make poor values for the parameters that they stand for. */
  readonly poorValue: number;
  readonly sameMethod: number;
  /** Both write (POST, PUT, PATCH). */
  readonly otherWrite: number;
  /** One reads, the other writes. */
  readonly readForWrite: number;
  /** One deletes, the other does not. */
  readonly deleteForOther: number;
  readonly fieldsKnown: number;
  /** The same in weight, not as a share: ten known fields tell more than one. */
  readonly fieldsKnownMass: number;
  readonly fieldsUnknownMass: number;
  readonly fieldsMoved: number;
  readonly fieldsUnknown: number;
  readonly requiredMet: number;
  readonly requiredMissing: number;
  /** The operation takes no body, and one was sent. */
  readonly bodyUnwanted: number;
  readonly bodyAbsent: number;
  /** The share of the sent path's words that the operation has anywhere: path, name, summary, tags, fields. */
  readonly words: number;
  readonly deprecated: number;
  readonly sameHost: number;
  readonly otherHost: number;
  /** The operation that the request fits names this one. */
  readonly successor: number;
}

export interface FeatureInput {
  readonly request: SentRequest;
  readonly reply: ReceivedReply | undefined;
  readonly path: SentPath;
  readonly entry: RouteEntry;
  readonly alignment: Alignment;
  readonly steps: readonly RouteStep[];
  readonly sketch: FieldSketch;
  readonly fields: FieldIndex;
  readonly successors: ReadonlySet<number>;
}

export function featuresOf(input: FeatureInput): Features {
  const { request, entry, steps, alignment, sketch } = input;
  const { operation } = entry;
  const status = input.reply?.status;
  const fits = stepsFit(steps);
  const same = request.method === operation.method;
  return {
    likeness: alignment.likeness,
    pathFits: fits ? 1 : 0,
    pathAndMethodFit: fits && same ? 1 : 0,
    fitsButNotFound: fits && same && (status === 404 || status === 405) ? 1 : 0,
    itemOfCollection: same && isItemOf(request, steps) ? 1 : 0,
    changed: Math.min(3, steps.filter(({ kind }) => kind === 'changed').length),
    ...covered(input),
    ...skipped(input),
    sameMethod: same ? 1 : 0,
    otherWrite: !same && writes(request.method) && writes(operation.method) ? 1 : 0,
    deleteForOther: !same && (request.method === 'DELETE' || operation.method === 'DELETE') ? 1 : 0,
    readForWrite: !same && reads(request.method) !== reads(operation.method) ? 1 : 0,
    ...fieldFeatures(input),
    words: wordsShared(input),
    deprecated: operation.deprecated ? 1 : 0,
    ...hostFeatures(request, entry),
    successor: input.successors.has(operation.index) ? 1 : 0,
    requiredMet: sketch.met === 0 ? 0 : sketch.met / (sketch.met + sketch.missing.length),
    requiredMissing: Math.min(1, sketch.missing.length / 3),
  };
}

function covered({ path, entry, alignment }: FeatureInput) {
  let sent = 0;
  let right = 0;
  let poor = 0;
  for (const { sent: row, right: column } of alignment.pairs) {
    const segment = path.segments[row];
    const weight = entry.weights[column];
    if (!segment || weight === undefined) continue;
    const literal = entry.literals[column] ?? -1;
    const fit =
      literal < 0
        ? valueOfParameter(segment, entry.operation, entry.steps[column])
        : segment.likeness(literal).score;
    if (literal < 0) poor += 1 - fit;
    sent += segment.weight * fit;
    right += weight * fit;
  }
  const last = alignment.pairs.at(-1);
  const tail = last ? entry.literals[last.right] : undefined;
  const tailSegment = last ? path.segments[last.sent] : undefined;
  return {
    sentCovered: path.weight === 0 ? 1 : sent / path.weight,
    rightCovered: entry.weight === 0 ? 1 : right / entry.weight,
    poorValue: Math.min(2, poor),
    tailFits:
      tail === undefined || !tailSegment
        ? 0
        : tail < 0
          ? tailSegment.asValue
          : tailSegment.likeness(tail).score,
  };
}

/** How well a segment goes as the value of a parameter: what the document lists or asks for says more than looks. */
function valueOfParameter(
  segment: SentSegment,
  operation: ApiOperation,
  step: TemplateStep | undefined,
): number {
  if (step?.kind !== 'parameter') return segment.asValue;
  const declared = operation.parameters().find((one) => one.in === 'path' && step.names.includes(one.name));
  const shape = declared?.shape();
  const value = step.names.length === 1 ? step.read(segment.text)?.[0] : undefined;
  if (!shape || value === undefined) return segment.asValue;
  if (shape.values) return shape.values.has(JSON.stringify(value)) ? 1 : 0.1;
  const number =
    [...shape.types].every((type) => type === 'integer' || type === 'number') && shape.types.size > 0;
  if (number) return /^-?\d+(?:\.\d+)?$/.test(value) ? 1 : Math.min(0.2, segment.asValue);
  return segment.asValue;
}

function skipped({ path, entry, alignment, sketch }: FeatureInput) {
  const counts = {
    extraVerb: 0,
    extraIdentifier: 0,
    extraIdentifierUsed: 0,
    extraLiteral: 0,
    extraTail: 0,
    extraVersion: 0,
    absentBase: 0,
    absentVersion: 0,
    absentParameter: 0,
    absentParameterFound: 0,
    absentTail: 0,
    absentLiteral: 0,
  };
  const found = new Set(
    sketch.moves.flatMap(({ to }) => (to.place.in === 'path' ? [String(to.place.steps[0])] : [])),
  );
  const used = new Set(sketch.moves.flatMap(({ from }) => (from.place.in === 'path' ? [from.value] : [])));
  const lastColumn = entry.steps.length - 1;
  for (const { sent: row, right: column } of alignment.pairs) {
    const segment = path.segments[row];
    const step = entry.steps[column];
    if (segment && step) continue;
    if (segment) {
      if (segment.version) counts.extraVersion++;
      else if (segment.verb) counts.extraVerb++;
      else if (segment.identifier) {
        if (used.has(segment.text)) counts.extraIdentifierUsed++;
        else counts.extraIdentifier++;
      } else {
        counts.extraLiteral += segment.weight;
        if (row === path.segments.length - 1) counts.extraTail = 1;
      }
    } else if (step?.kind === 'literal') {
      if (isVersion(step.text)) counts.absentVersion++;
      else if (step.base) counts.absentBase++;
      else if (column === lastColumn) counts.absentTail += isVerb(step.text) ? 0.5 : 1;
      else counts.absentLiteral += entry.weights[column] ?? 0;
    } else if (step) {
      if (step.names.some((name) => found.has(name))) counts.absentParameterFound++;
      else counts.absentParameter++;
    }
  }
  return counts;
}

function fieldFeatures({ request, entry, sketch, fields }: FeatureInput) {
  const weights = sketch.sentNames.map((name) => fields.weightOf(name));
  const all = weights.reduce((sum, one) => sum + one, 0);
  const known = new Set(sketch.knownNames);
  const moved = new Map<string, number>();
  for (const { from, confidence } of sketch.moves) {
    const name = String(from.place.steps[0]);
    if (from.place.in !== 'path') moved.set(name, Math.max(moved.get(name) ?? 0, confidence));
  }
  let knownWeight = 0;
  let movedWeight = 0;
  for (const [index, name] of sketch.sentNames.entries()) {
    const weight = weights[index] ?? 0;
    if (known.has(name)) knownWeight += weight;
    else movedWeight += weight * (moved.get(name) ?? 0);
  }
  const body = bodyValue(request);
  const sends =
    (typeof body === 'object' && body !== null && Object.keys(body).length > 0) ||
    request.body.kind === 'text' ||
    request.body.kind === 'unread';
  const wanted = entry.operation.body();
  return {
    fieldsKnown: all === 0 ? 0 : knownWeight / all,
    fieldsKnownMass: Math.min(1, knownWeight / 3),
    fieldsUnknownMass: Math.min(1, (all - knownWeight - movedWeight) / 3),
    fieldsMoved: all === 0 ? 0 : movedWeight / all,
    fieldsUnknown: all === 0 ? 0 : Math.max(0, all - knownWeight - movedWeight) / all,
    bodyUnwanted: sends && !wanted ? 1 : 0,
    bodyAbsent: !sends && wanted?.required && sketch.missing.some(({ place }) => place.in === 'body') ? 1 : 0,
  };
}

function wordsShared({ path, entry, fields }: FeatureInput): number {
  const sent = path.segments.flatMap((segment) =>
    segment.identifier || segment.version ? [] : wordsOf(segment.text).filter((word) => word.length > 2),
  );
  if (sent.length === 0) return 0;
  const { operationId, summary, tags, path: own } = entry.operation;
  const names = [...fields.namesOf(entry.operation)].slice(0, 80).join(' ');
  const said = new Set([
    ...wordsOf(`${operationId ?? ''} ${summary ?? ''}`),
    ...wordsOf(`${tags.join(' ')} ${own}`),
    ...names.split(' ').flatMap(wordsOf),
  ]);
  return sent.filter((word) => said.has(word)).length / sent.length;
}

function hostFeatures(request: SentRequest, entry: RouteEntry) {
  const hosts = entry.servers.flatMap(({ host }) => host ?? []);
  if (request.host === '' || hosts.length === 0) return { sameHost: 0, otherHost: 0 };
  if (entry.servers.some((server) => server.serves(request.host))) return { sameHost: 1, otherHost: 0 };
  const near = hosts.some((host) => registrable(host) === registrable(request.host));
  return { sameHost: 0, otherHost: near ? 0.4 : 1 };
}

/** The last two labels: near enough to tell one company's hosts from another's. */
function registrable(host: string): string {
  return host.replace(/:\d+$/, '').split('.').slice(-2).join('.');
}

function isItemOf(request: SentRequest, steps: readonly RouteStep[]): boolean {
  if (!/^(?:DELETE|PUT|PATCH)$/.test(request.method)) return false;
  const last = steps.at(-1);
  const before = steps.slice(0, -1);
  return last?.kind === 'absent' && last.parameter !== undefined && stepsFit(before);
}

function writes(method: string): boolean {
  return method === 'POST' || method === 'PUT' || method === 'PATCH';
}

function reads(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}
