import type { Problem } from './check-schema.ts';

/** Whether a value is of one of the types; 5.0 is an integer, as in JSON Schema. */
export function isTyped(value: unknown, types: ReadonlySet<string>): boolean {
  switch (typeof value) {
    case 'string':
      return types.has('string');
    case 'number':
      return types.has('number') || (types.has('integer') && Number.isInteger(value));
    case 'boolean':
      return types.has('boolean');
    case 'object':
      return types.has(value === null ? 'null' : Array.isArray(value) ? 'array' : 'object');
    default:
      return false;
  }
}

export function typeProblem(types: ReadonlySet<string>, nullable: boolean, sent: unknown): Problem {
  const names = nullable && !types.has('null') ? [...types, 'null'] : [...types];
  return {
    keyword: 'type',
    expected: names.join(' or '),
    message: typeSentence(names, sent),
  };
}

/** `sent` is told by its type alone. */
export function typeSentence(types: readonly string[], sent: unknown): string {
  return `It must be ${types.map((type) => words.get(type) ?? type).join(' or ')}, and is ${typeOf(sent)}.`;
}

const words: ReadonlyMap<string, string> = new Map([
  ['string', 'a text'],
  ['number', 'a number'],
  ['integer', 'a whole number'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['object', 'an object'],
  ['null', 'null'],
]);

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'boolean') return 'a boolean';
  return words.get(typeof value) ?? 'no JSON';
}
