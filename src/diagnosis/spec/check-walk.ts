import { groupHolds } from './check-alternatives.ts';
import { numberProblem, textProblem } from './check-bounds.ts';
import { fieldsHold } from './check-fields.ts';
import { itemsHold } from './check-items.ts';
import { listedProblem } from './check-listed.ts';
import type { SchemaNode, SchemaReader, SchemaRules } from './check-schema.ts';
import { fitsQuietly, refuse, type Walk } from './check-state.ts';
import { isFile, meantText } from './check-text.ts';
import { isTyped, typeProblem } from './check-type.ts';
import type { SchemaIssue } from './check-value.ts';
import { isJson } from './is-json.ts';

/** Levels of schemas around one value, and of the value itself. */
const DEEPEST_SCHEMA = 256;
const DEEPEST_VALUE = 64;
const MOST_ISSUES = 100;

/** Schemas held against values in one check; what is left then is taken as fitting. */
const MOST_STEPS = 200_000;

export interface WalkOptions {
  readonly asText: boolean;
  /** Values that stand for one that nobody knows yet, and so fit. */
  readonly isHole: (value: unknown) => boolean;
}

/** Holds a value against a schema. Where it fits, nothing is made on the way. */
export function walkValue(
  reader: SchemaReader,
  node: SchemaNode,
  value: unknown,
  options: WalkOptions,
): readonly SchemaIssue[] {
  const issues: SchemaIssue[] = [];
  const walk: Walk = {
    reader,
    fits: (inner, held) => walkSchema(inner, held, walk),
    isHole: options.isHole,
    at: [],
    owners: [],
    ownersFrom: 0,
    asText: options.asText,
    issues,
    mostIssues: MOST_ISSUES,
    stepsLeft: MOST_STEPS,
    depth: 0,
    doubts: 0,
  };
  walk.fits(node, value);
  return issues.length > 1 ? withoutRepeats(issues).slice(0, MOST_ISSUES) : issues;
}

/** Schemas that are joined may say the same thing, each for itself. */
function withoutRepeats(issues: readonly SchemaIssue[]): readonly SchemaIssue[] {
  const told = new Set<string>();
  return issues.filter(({ at, keyword, expected }) => {
    const key = JSON.stringify([at, keyword, expected]);
    return !told.has(key) && told.add(key);
  });
}

function walkSchema(node: SchemaNode, value: unknown, walk: Walk): boolean {
  if (
    walk.stepsLeft-- <= 0 ||
    node.open === value ||
    walk.depth >= DEEPEST_SCHEMA ||
    walk.at.length > DEEPEST_VALUE ||
    (walk.issues !== undefined && walk.issues.length >= walk.mostIssues)
  ) {
    walk.doubts++;
    return true;
  }
  const rules = walk.reader.rulesOf(node);
  if (rules.kind === 'unknown') {
    walk.doubts++;
    return true;
  }
  if (rules.kind === 'never') {
    return refuse(node, value, walk, {
      keyword: 'false',
      expected: 'nothing',
      message: 'Nothing may stand here.',
    });
  }
  if (value === null && rules.nullable) return true;
  if (rules.byDefault !== undefined && isDefault(rules.byDefault, value, walk.asText)) return true;
  if (walk.isHole(value)) return true;
  const before = node.open;
  node.open = value;
  walk.depth++;
  walk.owners.push(node);
  const fits = walk.asText ? textHolds(node, rules, value, walk) : holds(node, rules, value, value, walk);
  walk.owners.pop();
  walk.depth--;
  node.open = before;
  return fits;
}

function isDefault(byDefault: unknown, value: unknown, asText: boolean): boolean {
  return value === byDefault || (asText && typeof value === 'string' && value === String(byDefault));
}

/** A value that travelled as text, read as what its schema asks for. */
function textHolds(node: SchemaNode, rules: SchemaRules, sent: unknown, walk: Walk): boolean {
  const { types } = rules;
  // A form takes numbers and booleans as text.
  if ((typeof sent === 'number' || typeof sent === 'boolean') && types.size > 0 && !isTyped(sent, types)) {
    return textHolds(node, rules, String(sent), walk);
  }
  if (typeof sent !== 'string') {
    if (isFile(sent) && (types.size === 0 || types.has('string'))) return true;
    const one = types.has('array') && !types.has('object') && !Array.isArray(sent);
    return holds(node, rules, one ? [sent] : sent, sent, walk);
  }
  const meant = meantText(sent, types);
  if (meant === undefined) return holds(node, rules, sent, sent, walk);
  if (meant.kind === 'plain') return holds(node, rules, meant.value, sent, walk);
  if (meant.kind === 'json') {
    walk.asText = false;
    const fits = holds(node, rules, meant.value, sent, walk);
    walk.asText = true;
    return fits;
  }
  const { whole, parts } = meant;
  if (parts === undefined) return holds(node, rules, whole, sent, walk);
  return (
    fitsQuietly(walk, () => holds(node, rules, whole, sent, walk)) || holds(node, rules, parts, sent, walk)
  );
}

/** `sent` is the value as it travelled. */
function holds(node: SchemaNode, rules: SchemaRules, value: unknown, sent: unknown, walk: Walk): boolean {
  const { types, listed } = rules;
  if (types.size > 0 && !isTyped(value, types) && listed?.plain.has(value) !== true) {
    return walk.issues ? refuse(node, sent, walk, typeProblem(types, rules.nullable, sent)) : false;
  }
  const stray = listed && listedProblem(listed, value, sent, walk.asText);
  if (stray) return refuse(node, sent, walk, stray);
  let fits = boundsHold(node, rules, value, sent, walk);
  if (rules.array && Array.isArray(value)) {
    if (fits || walk.issues) fits = itemsHold(node, rules.array, value, walk) && fits;
  } else if (rules.object && isJson(value)) {
    if (fits || walk.issues) fits = fieldsHold(node, rules.object, value, walk) && fits;
  }
  for (const one of rules.all) {
    if (!fits && !walk.issues) return false;
    fits = walk.fits(one, value) && fits;
  }
  for (const group of rules.groups) {
    if (!fits && !walk.issues) return false;
    fits = groupHolds(group, value, walk) && fits;
  }
  const { not } = rules;
  if (not === undefined || (!fits && !walk.issues)) return fits;
  const { doubts } = walk;
  if (!fitsQuietly(walk, () => walk.fits(not, value)) || walk.doubts > doubts) return fits;
  return refuse(node, sent, walk, {
    keyword: 'not',
    expected: 'anything else',
    message: 'It is of a form that is ruled out.',
  });
}

function boundsHold(
  node: SchemaNode,
  { bounds }: SchemaRules,
  value: unknown,
  sent: unknown,
  walk: Walk,
): boolean {
  if (bounds === undefined) return true;
  if (typeof value === 'number') {
    const problem = numberProblem(bounds, value);
    return problem === undefined || refuse(node, sent, walk, problem);
  }
  // In a form an empty text is how a value is left out or taken back.
  if (typeof value !== 'string' || (walk.asText && value === '')) return true;
  const problem = textProblem(bounds, value);
  if (problem) return refuse(node, sent, walk, problem);
  const { tested } = bounds;
  if (tested === undefined) return true;
  walk.stepsLeft -= tested.price(value);
  const matches = tested.test(value);
  if (matches === undefined) walk.doubts++;
  if (matches !== false) return true;
  return refuse(node, sent, walk, {
    keyword: 'pattern',
    expected: bounds.pattern ?? '',
    message: 'It must match the pattern.',
  });
}
