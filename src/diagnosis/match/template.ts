/** One segment of a path template: text, or text around parameters (`{Sid}.json`, `{from}...{to}`). */
export type TemplateStep =
  | { readonly kind: 'literal'; readonly text: string; readonly base: boolean }
  | {
      readonly kind: 'parameter';
      readonly text: string;
      readonly base: boolean;
      readonly names: readonly string[];
      /** The values in a segment, by the order of `names`; `undefined` where it does not have the text around them. */
      readonly read: (segment: string) => readonly string[] | undefined;
    };

/** The segments of a template with its base path. */
export function templateSteps(basePath: string, path: string): readonly TemplateStep[] {
  return [
    ...segmentsOf(basePath).map((text) => stepOf(text, true)),
    ...segmentsOf(path).map((text) => stepOf(text, false)),
  ];
}

/** Without empty segments at the end; an empty one in the middle (a doubled slash) stays. */
export function segmentsOf(path: string): string[] {
  if (path === '') return [];
  return path
    .replace(/[?#].*$/s, '')
    .replace(/^\/+/, '')
    .replace(/\/+$/, '')
    .split('/')
    .filter((step, _, all) => step !== '' || all.length > 1);
}

function stepOf(text: string, base: boolean): TemplateStep {
  if (!text.includes('{')) return { kind: 'literal', text, base };
  const parts = text.split(/\{([^{}]*)\}/);
  if (parts.length < 3) return { kind: 'literal', text, base };
  const names = parts.filter((_, index) => index % 2 === 1);
  const around = parts.filter((_, index) => index % 2 === 0);
  return { kind: 'parameter', text, base, names, read: (segment) => readValues(segment, around) };
}

/** Each value ends where the text after it begins; the last takes the rest. */
function readValues(segment: string, around: readonly string[]): readonly string[] | undefined {
  const [first = '', ...rest] = around;
  const last = rest.at(-1) ?? '';
  if (!segment.startsWith(first) || !segment.endsWith(last) || segment.length < first.length + last.length)
    return undefined;
  const values: string[] = [];
  let left = segment.slice(first.length, segment.length - last.length);
  for (const text of rest.slice(0, -1)) {
    const end = text === '' ? 1 : left.indexOf(text);
    if (end < 0) return undefined;
    values.push(left.slice(0, end));
    left = left.slice(end + text.length);
  }
  values.push(left);
  return values.some((value) => value === '') ? undefined : values;
}
