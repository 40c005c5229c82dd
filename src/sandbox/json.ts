/** A JSON object whose content is not typed here. */
export type JsonObject = { readonly [key: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What lies at a path of keys, or `undefined` where something on the way is no object. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
}

export function objectAt(value: unknown, ...path: readonly string[]): JsonObject {
  const found = at(value, ...path);
  return isObject(found) ? found : {};
}

export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

export function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = at(value, ...path);
  return typeof found === 'number' ? found : undefined;
}

/** `change` laid over `value`: objects are joined at every depth, anything else is replaced. */
export function merged(value: unknown, change: unknown): unknown {
  if (!isObject(value) || !isObject(change)) return change;
  const keys = Object.keys(change).filter((key) => change[key] !== undefined);
  return { ...value, ...Object.fromEntries(keys.map((key) => [key, merged(value[key], change[key])])) };
}
