import { readQuery } from './read-url.ts';

/** Fields of a form; one that came several times has a list. */
export type FormFields = Readonly<Record<string, unknown>>;

/** Past this many parts a multipart body is no request that a person can mean. */
const MOST_PARTS = 10_000;

/** Joins pairs to fields, in the order in which the names first came. */
export function formFields(pairs: Iterable<readonly [name: string, value: unknown]>): FormFields {
  const fields = new Map<string, unknown[]>();
  for (const [name, value] of pairs) {
    const values = fields.get(name);
    if (values) values.push(value);
    else fields.set(name, [value]);
  }
  // fromEntries defines its members, so `__proto__` is a name like any other.
  return Object.fromEntries(
    [...fields].map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  );
}

export function readUrlencoded(text: string): FormFields {
  return formFields(readQuery(text.trim()));
}

/** Reads the text of a multipart body (RFC 7578). `undefined`: it is none, or has no boundary. A file is `{ file: name }`. */
export function readMultipart(text: string, boundary: string | undefined): FormFields | undefined {
  const mark = boundary === undefined ? /^--([^\r\n]{1,200}?)\r?\n/.exec(text.trimStart())?.[1] : boundary;
  if (mark === undefined) return undefined;
  const sections = text.split(`--${mark}`, MOST_PARTS + 2).slice(1);
  if (sections.length === 0 || sections.length > MOST_PARTS) return undefined;
  const pairs: [string, unknown][] = [];
  for (const section of sections) {
    if (section.startsWith('--')) break;
    const part = /^[ \t]*\r?\n(?:([\s\S]*?)\r?\n)??\r?\n([\s\S]*)$/.exec(section);
    const disposition = /^content-disposition:(.*)$/im.exec(part?.[1] ?? '')?.[1];
    const name = quotedParameter(disposition, 'name');
    if (!part || name === undefined) return undefined;
    const file = quotedParameter(disposition, 'filename');
    pairs.push([name, file === undefined ? (part[2] ?? '').replace(/\r?\n$/, '') : { file }]);
  }
  return formFields(pairs);
}

function quotedParameter(header: string | undefined, name: string): string | undefined {
  const found = new RegExp(`[;\\s]${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]+))`, 'i').exec(header ?? '');
  return found?.[1]?.replace(/\\(["\\])/g, '$1').replaceAll('%22', '"') ?? found?.[2];
}
