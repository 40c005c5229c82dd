import {
  type ChangeClass,
  changeClasses,
  type DocumentChange,
} from '../../diagnosis/spec/document-change.ts';
import { printable } from '../../kernel/printable.ts';
import type { Styles } from './styles.ts';

/** Of changes and additions, where not all are asked for. */
const SHOWN = 20;
const OPERATIONS_SHOWN = 3;
const FIELDS_SHOWN = 8;

const headings: Readonly<Record<ChangeClass, string>> = {
  breaking: 'Breaking',
  deprecation: 'Deprecated',
  change: 'Changed in replies',
  addition: 'Added',
};

/** What changed, under a heading for each class, one line a change with the operations it reaches below. */
export function changeLines(changes: readonly DocumentChange[], style: Styles, all: boolean): string[] {
  if (changes.length === 0) return ['Nothing changed that a caller would notice.'];
  const lines: string[] = [];
  for (const name of changeClasses) {
    const told = joinFields(changes.filter((one) => one.class === name));
    if (told.length === 0) continue;
    const shown = all || name === 'breaking' || name === 'deprecation' ? told : told.slice(0, SHOWN);
    const tone = name === 'breaking' ? style.bad : name === 'deprecation' ? style.warn : style.bold;
    lines.push(...(lines.length > 0 ? [''] : []), tone(`${headings[name]} (${told.length})`));
    for (const one of shown) lines.push(...linesOf(one, style));
    if (shown.length < told.length) lines.push(style.dim(`  and ${told.length - shown.length} more (--all)`));
  }
  return lines;
}

interface ToldChange extends DocumentChange {
  readonly fields: readonly string[];
}

/** Fields of one object that share their fate are told in one line. */
function joinFields(changes: readonly DocumentChange[]): ToldChange[] {
  const joined = new Map<string, ToldChange & { fields: string[] }>();
  for (const [index, change] of changes.entries()) {
    const { kind, where, field, message, operations } = change;
    const parent = field?.split('.').slice(0, -1).join('.');
    const key =
      field === undefined ? String(index) : JSON.stringify([kind, where, parent, message, operations]);
    const known = joined.get(key);
    const name = field?.split('.').at(-1);
    if (known && name !== undefined) known.fields.push(name);
    else joined.set(key, { ...change, fields: name === undefined ? [] : [name] });
  }
  return [...joined.values()];
}

function linesOf(change: ToldChange, style: Styles): string[] {
  const { operations, where, message } = change;
  const [first = '', ...others] = operations;
  if (where === 'endpoint') return [`  ${style.bold(printable(first))}: ${printable(message, 300)}`];
  const more =
    others.length > OPERATIONS_SHOWN - 1 ? `, and ${others.length - OPERATIONS_SHOWN + 1} more` : '';
  return [
    `  ${printable(`${where} ${fieldOf(change)}`, 200)}: ${printable(message, 300)}`,
    style.dim(`    ${printable(operations.slice(0, OPERATIONS_SHOWN).join(', '), 300)}${more}`),
  ];
}

function fieldOf({ field, fields, where }: ToldChange): string {
  if (field === undefined) return where === 'reply' ? '' : 'body';
  if (fields.length < 2) return field;
  const parent = field.split('.').slice(0, -1).join('.');
  const more = fields.length > FIELDS_SHOWN ? ', …' : '';
  return `${parent === '' ? '' : `${parent}.`}{${fields.slice(0, FIELDS_SHOWN).join(', ')}${more}}`;
}
