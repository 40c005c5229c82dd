interface Change {
  /** Lines of the old text, from the first to behind the last. */
  readonly from: number;
  readonly to: number;
  readonly newFrom: number;
  readonly newTo: number;
}

const context = 3;

/** A unified diff of two texts, as `diff -u` and `git apply` have it; empty where they are the same. */
export function unifiedDiff(file: string, before: string, after: string): readonly string[] {
  const old = linesOf(before);
  const now = linesOf(after);
  const changes = changesOf(old, now);
  if (changes.length === 0) return [];
  const lines = [`--- a/${file}`, `+++ b/${file}`];
  for (const group of hunks(changes)) {
    const first = group[0];
    const last = group.at(-1);
    if (!first || !last) continue;
    const from = Math.max(0, first.from - context);
    const to = Math.min(old.length, last.to + context);
    const newFrom = from + first.newFrom - first.from;
    const newTo = to + last.newTo - last.to;
    lines.push(`@@ -${range(from, to)} +${range(newFrom, newTo)} @@`);
    let at = from;
    for (const change of group) {
      lines.push(...told(' ', old.slice(at, change.from)));
      lines.push(...told('-', old.slice(change.from, change.to)));
      lines.push(...told('+', now.slice(change.newFrom, change.newTo)));
      at = change.to;
    }
    lines.push(...told(' ', old.slice(at, to)));
  }
  return lines;
}

/** With their line ends, so that a missing one at the end of the file shows. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function told(mark: string, lines: readonly string[]): string[] {
  return lines.flatMap((line) =>
    line.endsWith('\n') ? [mark + line.slice(0, -1)] : [mark + line, '\\ No newline at end of file'],
  );
}

function range(from: number, to: number): string {
  const count = to - from;
  return count === 0 ? `${from},0` : `${from + 1},${count}`;
}

function hunks(changes: readonly Change[]): Change[][] {
  const groups: Change[][] = [];
  for (const change of changes) {
    const last = groups.at(-1);
    const end = last?.at(-1)?.to;
    if (last && end !== undefined && change.from - end <= 2 * context) last.push(change);
    else groups.push([change]);
  }
  return groups;
}

/** Mends are few and small: line by line, and after a difference on to the nearest lines that are the same again. */
function changesOf(old: readonly string[], now: readonly string[]): Change[] {
  const changes: Change[] = [];
  let from = 0;
  let newFrom = 0;
  while (from < old.length || newFrom < now.length) {
    if (from < old.length && old[from] === now[newFrom]) {
      from += 1;
      newFrom += 1;
      continue;
    }
    const [gone, added] = nextSame(old, now, from, newFrom);
    changes.push({ from, to: from + gone, newFrom, newTo: newFrom + added });
    from += gone;
    newFrom += added;
  }
  return changes;
}

function nextSame(
  old: readonly string[],
  now: readonly string[],
  from: number,
  newFrom: number,
): readonly [gone: number, added: number] {
  const most = old.length - from + now.length - newFrom;
  for (let sum = 1; sum <= most; sum += 1) {
    for (let gone = Math.min(sum, old.length - from); gone >= 0; gone -= 1) {
      const added = sum - gone;
      if (newFrom + added > now.length) break;
      const line = old[from + gone];
      const same = line === undefined ? newFrom + added === now.length : line === now[newFrom + added];
      if (same) return [gone, added];
    }
  }
  return [old.length - from, now.length - newFrom];
}
