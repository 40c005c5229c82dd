import { plainJson } from './plain-json.ts';

/** One field of a form as it is written out. */
export type FormPair =
  | { readonly name: string; readonly text: string; readonly json: boolean }
  | { readonly name: string; readonly file: string };

/** A list is the same name several times; anything else that is no text is JSON. */
export function formPairs(value: Readonly<Record<string, unknown>>): FormPair[] {
  return Object.entries(value).flatMap(([name, one]) =>
    Array.isArray(one) ? one.map((each) => pair(name, each)) : [pair(name, one)],
  );
}

function pair(name: string, value: unknown): FormPair {
  if (typeof value === 'string') return { name, text: value, json: false };
  if (typeof value !== 'object' || value === null) return { name, text: String(value), json: false };
  const file = Object.hasOwn(value, 'file') && 'file' in value ? value.file : undefined;
  return typeof file === 'string' ? { name, file } : { name, text: plainJson(value), json: true };
}
