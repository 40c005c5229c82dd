import type { Json } from './api-document.ts';
import { readSize } from './check-bounds.ts';
import { readPattern } from './check-pattern.ts';
import type { ObjectRules, SchemaNode } from './check-schema.ts';
import { isJson } from './is-json.ts';
import { pointerStep } from './json-pointer.ts';

const words = [
  'properties',
  'required',
  'additionalProperties',
  'patternProperties',
  'propertyNames',
  'unevaluatedProperties',
  'minProperties',
  'maxProperties',
];

interface DocumentReads {
  readonly node: (pointer: string, declared: unknown) => SchemaNode;
  /** The raw schema that a reference leads to. */
  readonly pointed: (reference: string) => unknown;
}

/** What a schema says of objects; `undefined` where it says nothing. */
export function readObject(pointer: string, raw: Json, reads: DocumentReads): ObjectRules | undefined {
  if (!words.some((word) => raw[word] !== undefined)) return undefined;
  const properties = isJson(raw.properties) ? raw.properties : {};
  const patterns = isJson(raw.patternProperties) ? raw.patternProperties : {};
  const required: readonly unknown[] = Array.isArray(raw.required) ? raw.required : [];
  const known = new Map<string, SchemaNode>();
  const under = (word: string) => {
    const schema = raw[word];
    return schema === false || isJson(schema) ? reads.node(`${pointer}/${word}`, schema) : undefined;
  };
  return {
    names: Object.keys(properties),
    property: (name) => {
      const found = known.get(name);
      if (found || !Object.hasOwn(properties, name)) return found;
      const made = reads.node(`${pointer}/properties${pointerStep(name)}`, properties[name]);
      known.set(name, made);
      return made;
    },
    required: required.filter(
      (name): name is string =>
        typeof name === 'string' &&
        !(Object.hasOwn(properties, name) && isReadOnly(properties[name], reads.pointed, 0)),
    ),
    patterns: Object.keys(patterns).map((source) => ({
      pattern: readPattern(source),
      node: reads.node(`${pointer}/patternProperties${pointerStep(source)}`, patterns[source]),
    })),
    rest: under('additionalProperties'),
    propertyNames: under('propertyNames'),
    unevaluated: under('unevaluatedProperties'),
    size: readSize(raw.minProperties, raw.maxProperties),
  };
}

/** Looked up in the raw schemas: to read the rules of one that holds itself would have no end here. */
function isReadOnly(raw: unknown, pointed: DocumentReads['pointed'], depth: number): boolean {
  if (!isJson(raw) || depth > 4) return false;
  if (raw.readOnly === true) return true;
  if (typeof raw.$ref === 'string' && isReadOnly(pointed(raw.$ref), pointed, depth + 1)) return true;
  return Array.isArray(raw.allOf) && raw.allOf.slice(0, 8).some((one) => isReadOnly(one, pointed, depth + 1));
}
