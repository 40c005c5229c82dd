import * as z from 'zod';
import type { Operation } from './operation.ts';

export type Json = Readonly<Record<string, unknown>>;

/** Fields where we know better than the document, by path or by name, with the reason. */
export type KnownDifferences = Readonly<Record<string, string>>;

export interface Compared {
  readonly differences: readonly string[];
  /** The keys of the known differences that were met. */
  readonly met: ReadonlySet<string>;
}

/**
 * Compares an operation with the document that describes it. In a request we must ask for no more and no less than the
 * document: same fields, same required ones, same words and bounds. In a reply we must accept all that it allows.
 */
export function compareOperation(op: Operation, document: Json, known: KnownDifferences): Compared {
  const found = asJson(asJson(asJson(document.paths)[op.path])[op.method.toLowerCase()]);
  if (found.operationId === undefined)
    return { differences: [`${op.method} ${op.path} is not there`], met: new Set() };
  const request = new Comparison(document, 'request', known);
  const reply = new Comparison(document, 'reply', known);
  if (found.operationId !== op.operationId) request.differences.push(`operationId is ${found.operationId}`);

  const parameters = asList(found.parameters)
    .map(asJson)
    .filter((one) => one.in === 'query');
  const query = {
    type: 'object',
    properties: Object.fromEntries(parameters.map((one) => [one.name, one.schema])),
    required: parameters.filter((one) => one.required === true).map((one) => one.name),
  };
  if (op.query !== undefined) request.compare(jsonSchema(op.query), query, op.name);
  const sent = asJson(
    asJson(asJson(found.requestBody).content)[
      op.encoding === 'form' ? 'application/x-www-form-urlencoded' : 'application/json'
    ],
  );
  if (op.body !== undefined) request.compare(jsonSchema(op.body), sent.schema, op.name);
  else if (asJson(found.requestBody).required === true)
    request.differences.push('the document requires a body');

  const status = String(op.status ?? 200);
  const answered = asJson(
    asJson(asJson(asJson(found.responses)[status]).content)[op.replyType ?? 'application/json'],
  );
  if ((op.replyType ?? 'application/json') === 'application/json')
    reply.compare(jsonSchema(op.reply), answered.schema, op.name);
  return {
    differences: [...request.differences, ...reply.differences.map((one) => `reply ${one}`)],
    met: new Set([...request.met, ...reply.met]),
  };
}

function jsonSchema(schema: z.ZodType): Json {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
}

function kindOf(node: Json): string {
  if (node.type === 'number' && asList(node.enum).some(Number.isInteger)) return 'integer';
  if (typeof node.type === 'string') return node.type;
  const [word] = asList(node.enum ?? [node.const]);
  return word === undefined ? (node.properties === undefined ? 'any' : 'object') : typeof word;
}

function words(shape: Shape): Set<string> {
  return new Set(
    shape.variants.flatMap((one) =>
      asList(one.enum ?? (one.const === undefined ? [] : [one.const])).map(String),
    ),
  );
}

/** Any string passes. */
function isOpen(shape: Shape): boolean {
  return shape.variants.some(
    (one) => kindOf(one) === 'string' && one.enum === undefined && one.const === undefined,
  );
}

function objects(shape: Shape): Json[] {
  return shape.variants.filter((one) => kindOf(one) === 'object');
}

/** Two objects that both have a constant field of one name must have the same constant. */
function sameKind(our: Json, their: Json): boolean {
  const constants = (node: Json) =>
    Object.entries(asJson(node.properties)).flatMap(([name, value]) => {
      const constant = asJson(value).const;
      return constant === undefined ? [] : [[name, constant] as const];
    });
  const theirs = new Map(constants(their));
  return constants(our).every(([name, constant]) => !theirs.has(name) || theirs.get(name) === constant);
}

function resolve(root: Json, ref: string): unknown {
  return ref
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((node, key) => asJson(node)[key.replaceAll('~1', '/')], root);
}

function minus<T>(all: ReadonlySet<T>, without: ReadonlySet<T>): T[] {
  return [...all].filter((one) => !without.has(one));
}

function asJson(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

interface Shape {
  readonly nullable: boolean;
  readonly variants: readonly Json[];
}

class Comparison {
  readonly differences: string[] = [];
  readonly met = new Set<string>();
  readonly root: Json;
  readonly mode: 'request' | 'reply';
  readonly known: KnownDifferences;

  constructor(root: Json, mode: 'request' | 'reply', known: KnownDifferences) {
    this.root = root;
    this.mode = mode;
    this.known = known;
  }

  report(at: string, what: string): void {
    const field = at.slice(at.lastIndexOf('.') + 1);
    const key = [at, field].find((one) => one in this.known);
    if (key === undefined) this.differences.push(`${at}: ${what}`);
    else this.met.add(key);
  }

  /** Resolves references and unions into a flat list of plain schemas. */
  shape(schema: unknown): Shape {
    const node = asJson(schema);
    if (typeof node.$ref === 'string') return this.shape(resolve(this.root, node.$ref));
    const union = [node.anyOf, node.oneOf].find(Array.isArray) as unknown[] | undefined;
    if (union !== undefined) {
      const shapes = union.map((one) => this.shape(one));
      return {
        nullable: shapes.some((one) => one.nullable),
        variants: shapes.flatMap((one) => one.variants),
      };
    }
    if (Array.isArray(node.type)) return this.shape({ anyOf: node.type.map((type) => ({ ...node, type })) });
    if (node.type === 'null') return { nullable: true, variants: [] };
    return { nullable: node.nullable === true, variants: [node] };
  }

  compare(oursSchema: unknown, theirsSchema: unknown, at: string): void {
    const ours = this.shape(oursSchema);
    const theirs = this.shape(theirsSchema);
    if (ours.variants.some((one) => kindOf(one) === 'any')) return;
    if (theirs.variants.some((one) => kindOf(one) === 'any')) {
      if (this.mode === 'reply') this.report(at, 'we expect a type, the document allows anything');
      return;
    }
    const [narrow, wide] = this.mode === 'request' ? [ours, theirs] : [theirs, ours];
    if (narrow.nullable && !wide.nullable) this.report(at, 'null is on one side only');
    const wideKinds = new Set(wide.variants.map(kindOf));
    for (const kind of new Set(narrow.variants.map(kindOf))) {
      if (!wideKinds.has(kind) && !(kind === 'integer' && wideKinds.has('number'))) {
        this.report(at, `${kind} is not among ${[...wideKinds].join(', ')}`);
      }
    }
    this.compareWords(ours, theirs, at);
    this.compareBounds(ours, theirs, at);
    this.compareObjects(objects(ours), objects(theirs), at);
    const items = (shape: Shape) => shape.variants.filter((one) => 'items' in one).map((one) => one.items);
    const [ourItems, theirItems] = [items(ours), items(theirs)];
    if (ourItems.length > 0 && theirItems.length > 0) {
      this.compare({ anyOf: ourItems }, { anyOf: theirItems }, `${at}[]`);
    }
  }

  compareWords(ours: Shape, theirs: Shape, at: string): void {
    const theirWords = words(theirs);
    const ourWords = words(ours);
    if (isOpen(theirs)) {
      if (ourWords.size > 0)
        this.report(at, `we name words, the document has none: ${[...ourWords].join(' ')}`);
      return;
    }
    if (this.mode === 'request' && isOpen(ours) && theirWords.size > 0) {
      this.report(at, `the document knows only ${[...theirWords].join(' ')}`);
    }
    if (ourWords.size === 0) return;
    const differing = [...minus(theirWords, ourWords), ...minus(ourWords, theirWords)];
    if (differing.length > 0) this.report(at, `words on one side only: ${differing.join(' ')}`);
  }

  compareBounds(ours: Shape, theirs: Shape, at: string): void {
    if (this.mode === 'reply') return;
    for (const bound of ['minimum', 'maximum', 'exclusiveMinimum', 'minLength', 'maxLength']) {
      const of = (shape: Shape) =>
        shape.variants
          .map((one) => one[bound])
          .filter((value) => typeof value === 'number' && Math.abs(value) !== Number.MAX_SAFE_INTEGER)
          .join();
      if (of(ours) !== of(theirs))
        this.report(at, `${bound} is ${of(ours) || 'none'}, not ${of(theirs) || 'none'}`);
    }
  }

  compareObjects(ours: readonly Json[], theirs: readonly Json[], at: string): void {
    for (const our of ours) {
      const matching = theirs.filter((their) => sameKind(our, their));
      if (theirs.length === 0 || typeof our.properties !== 'object') {
        this.compareMap(our, theirs, at);
        continue;
      }
      if (matching.length === 0) {
        this.report(at, 'no object of this kind');
        continue;
      }
      if (matching.every((their) => their.properties === undefined)) continue;
      for (const [name, property] of Object.entries(asJson(our.properties))) {
        const found = matching.flatMap((their) => {
          const property = asJson(their.properties)[name];
          return property === undefined ? [] : [property];
        });
        if (found.length === 0) this.report(`${at}.${name}`, 'no such field');
        else this.compare(property, { anyOf: found }, `${at}.${name}`);
      }
      this.compareRequired(our, matching, at);
    }
  }

  compareRequired(our: Json, theirs: readonly Json[], at: string): void {
    const ourRequired = new Set(asList(our.required));
    for (const their of theirs) {
      const theirRequired = new Set(asList(their.required));
      for (const name of minus(ourRequired, theirRequired))
        this.report(`${at}.${name}`, 'required by us alone');
      if (this.mode === 'reply') continue;
      for (const name of minus(theirRequired, ourRequired))
        this.report(`${at}.${name}`, 'required by the document alone');
    }
  }

  compareMap(our: Json, theirs: readonly Json[], at: string): void {
    const values = theirs.map((their) => their.additionalProperties).filter((value) => value !== undefined);
    if (values.length > 0) this.compare(our.additionalProperties, { anyOf: values }, `${at}{}`);
  }
}
