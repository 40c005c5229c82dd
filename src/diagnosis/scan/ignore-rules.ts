/** One line of a .gitignore. */
interface IgnoreRule {
  readonly keeps: boolean;
  readonly onlyFolders: boolean;
  /** Relative to the folder of its file; a pattern without a slash counts at any depth. */
  readonly steps: readonly string[];
}

const mostRules = 2000;

/**
 * The rules of one .gitignore, as far as they are read here: comments, `!`, a slash in front and behind, `*`, `?`, `[…]` and `**`.
 * Not read: .git/info/exclude and the rules of the user.
 */
export function readIgnoreRules(text: string): readonly IgnoreRule[] {
  return text
    .split(/\r?\n/)
    .slice(0, mostRules)
    .flatMap((raw): IgnoreRule[] => {
      const line = raw.trimEnd();
      if (line === '' || line.startsWith('#')) return [];
      const keeps = line.startsWith('!');
      const pattern = (keeps ? line.slice(1) : line).replace(/^\\(?=[#!])/, '');
      const onlyFolders = pattern.endsWith('/');
      const path = pattern.replace(/\/+$/, '');
      const anchored = path.includes('/');
      const steps = path.replace(/^\/+/, '').split('/').filter(Boolean);
      if (steps.length === 0) return [];
      return [{ keeps, onlyFolders, steps: anchored ? steps : ['**', ...steps] }];
    });
}

/** Whether the last rule that fits says so; `undefined` where none fits. `path` is relative to the folder of the rules. */
export function isIgnored(
  rules: readonly IgnoreRule[],
  path: readonly string[],
  isFolder: boolean,
): boolean | undefined {
  const rule = rules.findLast(
    ({ onlyFolders, steps }) => (isFolder || !onlyFolders) && stepsFit(steps, path),
  );
  return rule && !rule.keeps;
}

/** As a glob over lists: `**` stands for any number of steps. Time grows with the product of the lengths. */
function stepsFit(steps: readonly string[], path: readonly string[]): boolean {
  return fitsList(steps, path, (step) => step === '**', globFits);
}

function globFits(glob: string, name: string): boolean {
  const tokens = glob.match(/\[[!^]?\]?[^\]]*\]|\\?[\s\S]/g) ?? [];
  return fitsList(tokens, [...name], (token) => token === '*', oneFits);
}

function oneFits(token: string, char: string): boolean {
  if (token === '?') return true;
  if (token.length < 3 || !token.startsWith('[')) return token === char || token === `\\${char}`;
  const not = /^\[[!^]/.test(token);
  const inner = token.slice(not ? 2 : 1, -1);
  let found = false;
  for (let index = 0; index < inner.length; index += 1) {
    const from = inner[index] ?? '';
    const isRange = inner[index + 1] === '-' && index + 2 < inner.length;
    const to = isRange ? (inner[index + 2] ?? '') : from;
    if (isRange) index += 2;
    if (from <= char && char <= to) found = true;
  }
  return found !== not;
}

/** Matches with one kind of token that takes any number of items. Goes back to the last such token only, so it cannot run away. */
function fitsList(
  tokens: readonly string[],
  items: readonly string[],
  isStar: (token: string) => boolean,
  fits: (token: string, item: string) => boolean,
): boolean {
  let token = 0;
  let item = 0;
  let star = -1;
  let resume = 0;
  while (item < items.length) {
    const here = tokens[token];
    if (here !== undefined && isStar(here)) {
      star = token;
      resume = item;
      token += 1;
    } else if (here !== undefined && fits(here, items[item] ?? '')) {
      token += 1;
      item += 1;
    } else if (star >= 0) {
      resume += 1;
      item = resume;
      token = star + 1;
    } else return false;
  }
  while (token < tokens.length && isStar(tokens[token] ?? '')) token += 1;
  return token === tokens.length;
}
