import type { FieldPlace } from '../../match/match.ts';
import { entryOf, type SourceEntry, type SourceObject, type SourceValue } from '../source-value.ts';
import type { Edit } from './edit.ts';
import { type ObjectStyle, objectStyle, renamedKey, valueText } from './object-style.ts';
import type { WrittenRequest } from './written-request.ts';

/** A field that goes to another name or place. `value`: the source of a value that comes from outside the objects. */
export interface FieldChange {
  readonly from: FieldPlace | undefined;
  /** `undefined`: it goes into the path. */
  readonly to: FieldPlace | undefined;
  readonly value?: string;
}

interface Arrival {
  readonly object: SourceObject;
  /** Objects that have to be made on the way. */
  readonly missing: readonly string[];
  readonly name: string;
  readonly value: string;
  readonly entry: SourceEntry | undefined;
  readonly owner: SourceObject | undefined;
}

/** The edits that make the changes in objects that are written out; `undefined` where one cannot be made so. */
export function objectEdits(
  changes: readonly FieldChange[],
  written: WrittenRequest,
  source: string,
): readonly Edit[] | undefined {
  const edits: Edit[] = [];
  const arrivals: Arrival[] = [];
  for (const change of changes) {
    const left = change.from && leaving(change.from, written);
    if (change.from && !left) return undefined;
    if (!change.to) {
      const removal = left && removed(left.entry, left.owner, source);
      if (!removal) return undefined;
      edits.push(removal);
      continue;
    }
    const value = left ? valueText(left.entry, source) : change.value;
    const target = arriving(change.to, written);
    if (!target || value === undefined) return undefined;
    if (left && target.object === left.owner && target.missing.length === 0) {
      edits.push(renamed(left.entry, target.name, source));
      continue;
    }
    arrivals.push({ ...target, value, entry: left?.entry, owner: left?.owner });
  }
  for (const group of groups(arrivals)) {
    const made = arrive(group, written, source);
    if (!made) return undefined;
    edits.push(...made);
  }
  return edits;
}

function leaving(
  place: FieldPlace,
  written: WrittenRequest,
): { entry: SourceEntry; owner: SourceObject } | undefined {
  let owner: SourceValue | undefined = written.objects[place.in];
  for (const step of place.steps.slice(0, -1)) owner = inside(owner, step);
  const name = place.steps.at(-1);
  const entry = typeof name === 'string' ? entryOf(owner, name) : undefined;
  if (!entry || owner?.kind !== 'object') return undefined;
  // An entry that a spread or a later assignment brought in is not written in the object.
  return entry.span.from >= owner.span.from && entry.span.to <= owner.span.to ? { entry, owner } : undefined;
}

function arriving(
  place: FieldPlace,
  written: WrittenRequest,
): { object: SourceObject; missing: readonly string[]; name: string } | undefined {
  let object: SourceValue | undefined = written.objects[place.in];
  const way = place.steps.slice(0, -1);
  const name = place.steps.at(-1);
  if (object?.kind !== 'object' || typeof name !== 'string') return undefined;
  for (const [index, step] of way.entries()) {
    const next: SourceValue | undefined = inside(object, step);
    if (!next) {
      const missing = way.slice(index).filter((one) => typeof one === 'string');
      return object.kind === 'object' && missing.length === way.length - index
        ? { object, missing, name }
        : undefined;
    }
    if (next.kind !== 'object' && next.kind !== 'list') return undefined;
    object = next as SourceObject;
  }
  return object.kind === 'object' ? { object, missing: [], name } : undefined;
}

function inside(value: SourceValue | undefined, step: string | number): SourceValue | undefined {
  if (typeof step === 'number') return value?.kind === 'list' ? value.items[step] : undefined;
  return entryOf(value, step)?.value;
}

function renamed(entry: SourceEntry, name: string, source: string): Edit {
  const key = renamedKey(entry, name, source);
  const { from, to } = entry.key;
  return { from, to, text: entry.shorthand ? `${key}: ${source.slice(from, to)}` : key };
}

function removed(entry: SourceEntry, owner: SourceObject, source: string): Edit | undefined {
  const at = owner.entries.indexOf(entry);
  const next = owner.entries[at + 1];
  const before = owner.entries[at - 1];
  const range = next
    ? { from: entry.span.from, to: next.span.from }
    : before
      ? { from: before.span.to, to: entry.span.to }
      : undefined;
  if (!range || range.to < range.from) return undefined;
  const gap = next ? source.slice(entry.span.to, range.to) : source.slice(range.from, entry.span.from);
  // A comment in between may speak of either.
  return /^[\s,]*$/.test(gap) ? { ...range, text: '' } : undefined;
}

/** What goes into the same new object goes there together. */
function groups(arrivals: readonly Arrival[]): readonly (readonly Arrival[])[] {
  const found: Arrival[][] = [];
  for (const arrival of arrivals) {
    const path = arrival.missing.join('\u0000');
    const group = found.find(
      ([first]) => first?.object === arrival.object && first.missing.join('\u0000') === path,
    );
    if (group) group.push(arrival);
    else found.push([arrival]);
  }
  return found;
}

function arrive(group: readonly Arrival[], written: WrittenRequest, source: string): Edit[] | undefined {
  const [first] = group;
  if (!first) return [];
  const { object, missing } = first;
  const style = objectStyle(object, written.style, source);
  const edits: Edit[] = [];
  // What is nested in its own object stays where it stands.
  const stays = missing.length > 0 && first.entry !== undefined && first.owner === object ? first : undefined;
  for (const arrival of group) {
    if (arrival === stays || !arrival.entry || !arrival.owner) continue;
    const removal = removed(arrival.entry, arrival.owner, source);
    if (!removal) return undefined;
    edits.push(removal);
  }
  const text = nested(missing, group, style);
  if (stays?.entry) return [...edits, { ...stays.entry.span, text }];
  return [...edits, appended(object, text, style, source)];
}

/** `outer: { inner: value }`, over several lines where the object around it is. */
function nested(missing: readonly string[], group: readonly Arrival[], style: ObjectStyle): string {
  const indent = style.indent;
  const [outer, ...rest] = missing;
  if (outer === undefined) {
    const separator = indent === undefined ? ', ' : `,\n${indent}`;
    return group.map(({ name, value }) => entryText(style, name, value)).join(separator);
  }
  if (indent === undefined) {
    return `${style.key(outer)}: {${style.space}${nested(rest, group, style)}${style.space}}`;
  }
  const deeper = { ...style, indent: indent + style.unit };
  const shifted = group.map((one) => ({ ...one, value: one.value.replaceAll('\n', `\n${style.unit}`) }));
  return `${style.key(outer)}: {\n${deeper.indent}${nested(rest, shifted, deeper)}${style.comma}\n${indent}}`;
}

/** `{ name }` where that says it. */
function entryText(style: ObjectStyle, name: string, value: string): string {
  const key = style.key(name);
  return style.shorthand && key === value ? value : `${key}: ${value}`;
}

function appended(object: SourceObject, text: string, style: ObjectStyle, source: string): Edit {
  const last = object.entries.findLast(
    ({ span }) => span.to <= object.span.to && span.from >= object.span.from,
  );
  if (!last) {
    const at = object.span.from + 1;
    return { from: at, to: object.span.to - 1, text: `${style.space}${text}${style.space}` };
  }
  const tail = source.slice(last.span.to, object.span.to);
  const comma = /^\s*,/.exec(tail)?.[0];
  const from = last.span.to + (comma?.length ?? 0);
  const lead = style.indent === undefined ? ' ' : `\n${style.indent}`;
  return comma === undefined
    ? { from, to: from, text: `,${lead}${text}` }
    : { from, to: from, text: `${lead}${text},` };
}
