import type { Json } from './api-document.ts';
import { knownBeside } from './check-beside.ts';
import { sizeProblem } from './check-bounds.ts';
import type { ObjectRules, SchemaNode } from './check-schema.ts';
import { fitsBelow, refuse, type Walk } from './check-state.ts';
import { evaluatedNames } from './check-unevaluated.ts';
import type { SchemaIssue } from './check-value.ts';

/** Whether the names and values of an object are as its schema says. */
export function fieldsHold(node: SchemaNode, rules: ObjectRules, value: Json, walk: Walk): boolean {
  let fits = true;
  for (const name of rules.required) {
    // JSON has no `undefined`: such a field is not sent.
    if (Object.hasOwn(value, name) && value[name] !== undefined) continue;
    fits = refuse(node, value, walk, {
      keyword: 'required',
      expected: name,
      message: 'A required field is missing.',
    });
    if (!walk.issues) return false;
  }
  const names = Object.keys(value);
  const size = sizeProblem(rules.size, names.length, 'length', 'field');
  if (size) fits = refuse(node, value, walk, size);
  for (const name of names) {
    if (!fits && !walk.issues) return false;
    if (value[name] === undefined || walk.stepsLeft <= 0) continue;
    fits = fieldHolds(node, rules, name, value[name], walk) && fits;
    if (rules.propertyNames) fits = nameHolds(rules.propertyNames, name, value[name], walk) && fits;
  }
  if (rules.unevaluated && (fits || walk.issues)) {
    fits = restHolds(node, rules.unevaluated, value, walk) && fits;
  }
  return fits;
}

function fieldHolds(node: SchemaNode, rules: ObjectRules, name: string, value: unknown, walk: Walk): boolean {
  const property = rules.property(name);
  let fits = property === undefined || fitsBelow(property, value, name, walk);
  let known = property !== undefined;
  for (const { pattern, node: schema } of rules.patterns) {
    walk.stepsLeft -= pattern.price(name);
    const matches = pattern.test(name);
    if (matches === undefined) walk.doubts++;
    if (matches !== false) known = true;
    if (matches === true) fits = fitsBelow(schema, value, name, walk) && fits;
  }
  if (known || rules.rest === undefined) return fits;
  if (rules.rest.raw !== false) return fitsBelow(rules.rest, value, name, walk);
  return knownBeside(node, name, walk) || refuseName(node, rules, name, value, walk);
}

function refuseName(node: SchemaNode, rules: ObjectRules, name: string, value: unknown, walk: Walk): boolean {
  walk.at.push(name);
  refuse(node, value, walk, {
    keyword: 'additionalProperties',
    expected: rules.names.length === 0 ? 'no field' : `one of ${rules.names.join(', ')}`,
    message: 'No field of this name is allowed here.',
  });
  walk.at.pop();
  return false;
}

function nameHolds(schema: SchemaNode, name: string, value: unknown, walk: Walk): boolean {
  const { issues, asText, at } = walk;
  const found: SchemaIssue[] | undefined = issues ? [] : undefined;
  walk.issues = found;
  // A name is always a text, whatever its value is.
  walk.asText = false;
  const fits = fitsBelow(schema, name, name, walk);
  walk.issues = issues;
  walk.asText = asText;
  for (const issue of found ?? []) {
    issues?.push({ ...issue, at: [...at, name], sent: value, message: `The name: ${issue.message}` });
  }
  return fits;
}

/** What no schema that fits has spoken of is left to `unevaluatedProperties`. */
function restHolds(node: SchemaNode, rest: SchemaNode, value: Json, walk: Walk): boolean {
  const spokenOf = evaluatedNames(node, value, walk);
  if (spokenOf === 'all') return true;
  let fits = true;
  for (const name of Object.keys(value)) {
    if (value[name] === undefined || spokenOf.has(name)) continue;
    if (!fits && !walk.issues) return false;
    const rules = walk.reader.rulesOf(node).object;
    fits =
      (rest.raw === false && rules
        ? refuseName(node, rules, name, value[name], walk)
        : fitsBelow(rest, value[name], name, walk)) && fits;
  }
  return fits;
}
