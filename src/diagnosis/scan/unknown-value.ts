/**
 * The names under which values are written in a request when the source gives an expression for them: `<name>`.
 * No statement about such a value is worth anything, so findings about its type, format or choice are left out.
 */
export interface UnknownNames {
  /** The same expression has the same name; two expressions of one call never share one. */
  nameOf(expression: string): string;
  /** The expression that a name stands for. */
  expressionOf(name: string): string | undefined;
}

export function createUnknownNames(): UnknownNames {
  const names = new Map<string, string>();
  const expressions = new Map<string, string>();
  return {
    nameOf(expression) {
      const known = names.get(expression);
      if (known !== undefined) return known;
      const wanted = readableName(expression);
      let name = wanted;
      for (let count = 2; expressions.has(name); count += 1) name = `${wanted}_${count}`;
      names.set(expression, name);
      expressions.set(name, expression);
      return name;
    },
    expressionOf: (name) => expressions.get(name),
  };
}

/** What the check of a request takes for a place that is filled in later. */
export function unknownValue(name: string): string {
  return `<${name}>`;
}

/** In a header, where `<key>` would be a placeholder that somebody forgot to fill. */
export function unknownHeader(name: string): string {
  return `\${${name}}`;
}

/** Any part of the text is a variable of a language or of a shell, or a placeholder of documentation. */
export function holdsUnknown(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    value.length < 100_000 &&
    /\$\w|\$\{|\$\(|`|\{[^{}]{1,200}\}|<[^<>]{1,200}>|\b(?:YOUR|MY)[_-]|^x{3,}$|\.\.\.|…/i.test(value)
  );
}

/** The name when the whole text is such a value. */
export function unknownNameIn(text: string): string | undefined {
  return /^<([\w-]+)>$/.exec(text)?.[1];
}

const wrappers = /^(?:encodeURIComponent|encodeURI|String|str|quote|(?:urllib\.)?parse\.quote|int)\s*\(/;

/** `encodeURIComponent(id)` -> `id`: what the expression is about, for a place where nothing is encoded. */
export function withoutEncoding(expression: string): string {
  const text = expression.trim();
  const wrapper = wrappers.exec(text)?.[0];
  if (wrapper === undefined || !text.endsWith(')')) return text;
  const inner = text.slice(wrapper.length, -1).trim();
  return /^[\w.$[\]'"]+$/.test(inner) ? inner : text;
}

/** The last word of an expression is nearly always what it is called. */
function readableName(expression: string): string {
  const words = withoutEncoding(expression.slice(0, 500)).match(/[A-Za-z_]\w*/g);
  return words?.at(-1)?.slice(0, 60) ?? 'value';
}
