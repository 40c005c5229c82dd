/** Assignments of plain words in a script: `BASE=https://…`, `export BASE="…"`, `: "${BASE:=…}"`. One that is assigned twice is unknown. */
export function shellConstants(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const several = new Set<string>();
  const assignment =
    /^[ \t]*(?:export[ \t]+|readonly[ \t]+|local[ \t]+|declare[ \t]+(?:-\w+[ \t]+)?)?([A-Za-z_]\w{0,80})=(?:"([^"\n$`\\]{0,500})"|'([^'\n]{0,500})'|([^\s"'$`\\;|&()<>]{0,500}))[ \t]*(?:;|#[^\n]*|&&[^\n]*)?\r?$/gm;
  for (const [, name = '', double, single, bare] of text.matchAll(assignment)) {
    if (values.has(name)) several.add(name);
    values.set(name, double ?? single ?? bare ?? '');
  }
  const fallback =
    /^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w{0,80})="?\$\{([A-Za-z_]\w{0,80}):?-([^}"'\s$`\\]{1,500})\}"?[ \t]*\r?$/gm;
  for (const [, name = '', , value = ''] of text.matchAll(fallback)) {
    if (values.has(name)) several.add(name);
    values.set(name, value);
  }
  for (const name of several) values.delete(name);
  return values;
}

/** Puts known URLs and paths in for their variables. Only text that no shell would read otherwise is put in. */
export function withConstants(command: string, constants: ReadonlyMap<string, string>): string {
  return command.replace(
    /\$(?:\{([A-Za-z_]\w*)(?::?-([^}"'\s$`\\]*))?\}|([A-Za-z_]\w*))/g,
    (all, braced: string | undefined, fallback: string | undefined, bare: string | undefined) => {
      const value = constants.get(braced ?? bare ?? '') ?? fallback;
      return value !== undefined && /^[\w:/.~%+@=,-]+$/.test(value) ? value : all;
    },
  );
}
