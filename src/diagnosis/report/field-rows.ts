import type { SentRequest } from '../exchange/exchange.ts';
import type { Explanation, Finding } from '../explanation.ts';
import { placeName } from '../rules/place-name.ts';
import type { Difference } from './differences.ts';
import { namedValues, nameKey, valueAt } from './named-values.ts';
import { sides } from './sides.ts';
import { sameValue, valueText } from './value-text.ts';

/** The findings about any of these names. */
export type FindingsAbout = (...names: readonly string[]) => readonly Finding[];

/** A row for each field of the query and the body, and for each value that leaves the path, in the order they were sent. */
export function fieldRows(explanation: Explanation, right: SentRequest, about: FindingsAbout): Difference[] {
  const moves = new Map(Object.entries(explanation.fieldMap).map(([from, to]) => [nameKey(from), to]));
  const sent = namedValues(explanation.request, right, [
    ...Object.keys(explanation.fieldMap),
    ...spokenOf(explanation),
  ]);
  // The right body is cut where the sent one is, so that each part finds its other side.
  const targets = [...sent.values()].map(({ name }) => target(name, moves));
  const wanted = namedValues(right, explanation.request, [...moves.values(), ...targets]);
  const used = new Set<string>();

  const fromPath = Object.entries(explanation.fieldMap).flatMap(([from, to]): Difference[] => {
    if (!from.startsWith('path:')) return [];
    used.add(nameKey(to));
    const value = valueAt(right, to);
    const findings = about(from, to);
    const known =
      value === undefined ? findings.find(({ sent: text }) => text !== undefined)?.sent : valueText(value);
    return [
      {
        ...sides(inWords(from, known), inWords(to, value === undefined ? undefined : valueText(value))),
        what: 'field',
        findings,
      },
    ];
  });

  const sentRows = [...sent].map(([key, { name, value }]): Difference => {
    const to = target(name, moves);
    const there = wanted.get(nameKey(to));
    used.add(nameKey(to));
    const findings = about(name, to);
    const gone = there ? undefined : valueAt(right, to);
    const moved = moves.has(key);
    if (!there) {
      const text =
        gone !== undefined
          ? named(to, gone)
          : moved
            ? inWords(to, isCarried(right, to, value) ? valueText(value) : undefined)
            : undefined;
      return { ...sides(named(name, value), text), what: 'field', findings };
    }
    const same = key === nameKey(to) && sameValue(value, there.value);
    // A value that is wrong and that nobody can guess: the right side says what belongs there.
    const told = same
      ? findings.find((one) => one.severity !== 'note' && one.right !== undefined)
      : undefined;
    const row = sides(
      named(name, value),
      told?.right === undefined ? named(there.name, there.value) : says(to, told.right),
    );
    return { ...row, ...(same && !told ? { change: 'same' as const } : {}), what: 'field', findings };
  });

  const added = [...wanted].flatMap(([key, { name, value }]): Difference[] => {
    if (used.has(key)) return [];
    return [{ ...sides(undefined, named(name, value)), what: 'field', findings: about(name) }];
  });
  return [...fromPath, ...sentRows, ...added];
}

/** Names that stand for a whole part: what a finding speaks of, or what is left out, is one row. */
function spokenOf({ findings, fix }: Explanation): string[] {
  const names = findings.flatMap(({ where }) => (where.part === 'field' ? [placeName(where.place)] : []));
  // Headers that do not move have rows of their own.
  return [...names, ...(fix?.dropped ?? [])].filter((name) => !name.startsWith('header:'));
}

/** A value that came into the path, and was not left open there. */
function isCarried({ path }: SentRequest, to: string, value: unknown): boolean {
  return (
    to.startsWith('path:') && typeof value !== 'object' && path.includes(encodeURIComponent(String(value)))
  );
}

/** Where a name goes: by its own move, else by that of the nearest object around it. */
function target(name: string, moves: ReadonlyMap<string, string>): string {
  const key = nameKey(name);
  for (let end = key.length; end > 0; end = key.lastIndexOf('.', end - 1)) {
    const to = moves.get(key.slice(0, end));
    if (to !== undefined) return to + key.slice(end);
  }
  return name;
}

function named(name: string, value: unknown): string {
  if (name.startsWith('query:'))
    return `?${name.slice(6)}=${typeof value === 'string' ? value : valueText(value)}`;
  return inWords(name, valueText(value));
}

/** What a finding has for a column: with the name of the place, unless it names it itself. */
export function says(name: string, text: string): string {
  const last = name.split(/[.:]/).at(-1) ?? name;
  const named = [name, last].some((one) => text === one || text.startsWith(`${one}:`));
  return named ? text : inWords(name, text);
}

const outside = /^(path|query|header|cookie):(.*)$/s;

/** `to: "x"` of the body, `id in the path: "x"` outside of it. */
function inWords(name: string, value: string | undefined): string {
  const [, where, inner] = outside.exec(name) ?? [];
  const place = where === undefined ? name : `${inner} in the ${where}`;
  return value === undefined ? place : `${place}: ${value}`;
}
