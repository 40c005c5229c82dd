/** A text with the variables of the environment in it apart. */
export type TextPart = string | Variable;

export interface Variable {
  readonly variable: string;
  /** As it was written: `$NAME` or `${NAME}`. */
  readonly written: string;
}

const whole = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})$/;
const anywhere = /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/g;

/**
 * `whole`: only a text that is nothing but a variable counts, as in bodies, where a dollar sign is text; `anywhere`: in headers and
 * paths, where `Bearer $TOKEN` is usual.
 */
export function variableParts(text: string, where: 'whole' | 'anywhere'): readonly TextPart[] {
  if (where === 'whole') {
    const name = wholeVariable(text);
    return name === undefined ? [text] : [{ variable: name, written: text }];
  }
  const parts: TextPart[] = [];
  let from = 0;
  for (const found of text.matchAll(anywhere)) {
    if (found.index > from) parts.push(text.slice(from, found.index));
    parts.push({ variable: found[1] ?? found[2] ?? '', written: found[0] });
    from = found.index + found[0].length;
  }
  if (from < text.length || parts.length === 0) parts.push(text.slice(from));
  return parts;
}

/** The name of the variable that the text is, if it is one. */
export function wholeVariable(text: string): string | undefined {
  const found = whole.exec(text);
  return found?.[1] ?? found?.[2];
}

/** With texts that follow one another as one. */
export function joinedParts(parts: readonly TextPart[]): TextPart[] {
  const out: TextPart[] = [];
  for (const part of parts) {
    const before = out.at(-1);
    if (typeof part === 'string' && typeof before === 'string') out[out.length - 1] = before + part;
    else out.push(part);
  }
  return out;
}
