import { followReference } from './follow-reference.ts';
import { isJson } from './is-json.ts';
import type { Shape } from './shape.ts';

const VALUES_SHOWN = 6;
const VALUE_LENGTH = 40;

/** What a value is, in words for a person: `string (uuid)`, `integer or null`, `list of string`, `one of "a", "b", … (12 values)`. */
export function typeWords(root: unknown, shape: Shape, pointer: string): string {
  const words = shape.values === undefined ? kinds(shape, true) : listed(shape.values);
  const format = shape.values === undefined ? formatOf(root, pointer) : undefined;
  const nullable = shape.types.has('null') && words !== 'null' ? ' or null' : '';
  return `${words}${format === undefined ? '' : ` (${format})`}${nullable}`;
}

/** Without null, which is told behind the format. */
function kinds(shape: Shape, deep: boolean): string {
  const types = [...shape.types].filter((type) => type !== 'null');
  if (types.length === 0) return shape.types.has('null') ? 'null' : 'anything';
  return types.map((type) => kind(type, shape, deep)).join(' or ');
}

function kind(type: string, shape: Shape, deep: boolean): string {
  if (type === 'array') {
    const items = deep ? shape.items() : undefined;
    return items === undefined || items.types.size === 0 ? 'list' : `list of ${inner(items)}`;
  }
  if (type === 'object' && shape.rest === 'map' && shape.fields.size === 0) {
    const entries = deep ? shape.entries() : undefined;
    return entries === undefined || entries.types.size === 0 ? 'map' : `map of ${inner(entries)}`;
  }
  return type;
}

function inner(shape: Shape): string {
  return shape.values === undefined ? kinds(shape, false) : listed(shape.values);
}

function listed(values: ReadonlySet<string>): string {
  const shown = [...values].slice(0, VALUES_SHOWN).map(shortened);
  if (values.size === 0) return 'null';
  if (values.size === 1) return shown.join();
  const more = values.size > shown.length ? `, … (${values.size} values)` : '';
  return `one of ${shown.join(', ')}${more}`;
}

function shortened(json: string): string {
  return json.length > VALUE_LENGTH ? `${json.slice(0, VALUE_LENGTH - 1)}…` : json;
}

/** The format of the schema, or of the only alternative that has one. */
function formatOf(root: unknown, pointer: string): string | undefined {
  const schema = followReference(root, pointer)?.value;
  if (schema === undefined) return undefined;
  if (typeof schema.format === 'string') return shortened(schema.format);
  const choices = [schema.anyOf, schema.oneOf].find(Array.isArray) ?? [];
  const formats = choices
    .slice(0, VALUES_SHOWN)
    .flatMap((one: unknown) => (isJson(one) && typeof one.format === 'string' ? [one.format] : []));
  return formats.length === 1 ? shortened(formats[0] ?? '') : undefined;
}
