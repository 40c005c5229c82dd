import { isObject } from '../json.ts';

export type Path = readonly (string | number)[];

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => {
    if (Array.isArray(inner)) return inner[Number(key)];
    return isObject(inner) ? inner[String(key)] : undefined;
  }, value);
}

/** A copy of `value` without `key` in the object at `path`. */
export function removed(value: unknown, path: Path, key: string): unknown {
  const object = valueAt(value, path);
  if (!isObject(object)) return value;
  const { [key]: _dropped, ...rest } = object;
  return replaced(value, path, rest);
}

/** A copy of `value` with `inner` at `path`. */
export function replaced(value: unknown, path: Path, inner: unknown): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return inner;
  if (Array.isArray(value))
    return value.map((one, at) => (at === Number(head) ? replaced(one, rest, inner) : one));
  if (!isObject(value)) return value;
  return { ...value, [String(head)]: replaced(value[String(head)], rest, inner) };
}
