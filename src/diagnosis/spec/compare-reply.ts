import { type DriftWalk, dotted, enterPair, takesType } from './drift-finding.ts';
import type { Field, Shape } from './shape.ts';

/** What they answer must be something that we can read. */
export function compareReply(ours: Shape, theirs: Shape, field: string, walk: DriftWalk): void {
  if (!enterPair(ours, theirs, field, walk)) return;
  const strange =
    ours.types.size === 0 ? [] : [...theirs.types].filter((type) => !takesType(ours.types, type));
  if (strange.length > 0) {
    walk.report({
      kind: 'reply-type-changed',
      severity: strange.length === theirs.types.size ? 'error' : 'warning',
      where: 'reply',
      field,
      pointer: theirs.pointer,
      from: ours.pointer,
      values: strange,
      message: `${strange.join(' or ')} may come, ${[...ours.types].join(' or ')} is read`,
    });
  }
  const fresh =
    ours.values && theirs.values ? [...theirs.values].filter((one) => !ours.values?.has(one)) : [];
  if (fresh.length > 0) {
    walk.report({
      kind: 'reply-value-new',
      severity: 'warning',
      where: 'reply',
      field,
      pointer: theirs.pointer,
      from: ours.pointer,
      values: fresh,
      message: `${fresh.join(', ')} may come and is not known`,
    });
  }
  for (const [name, own] of ours.fields) compareReadField(name, own, theirs, field, walk);
  const items = [ours.items(), theirs.items()] as const;
  if (items[0] && items[1]) compareReply(items[0], items[1], `${field}[]`, walk);
  const entries = [ours.entries(), theirs.entries()] as const;
  if (entries[0] && entries[1]) compareReply(entries[0], entries[1], dotted(field, '*'), walk);
}

function compareReadField(name: string, own: Field, theirs: Shape, parent: string, walk: DriftWalk): void {
  const found = theirs.fields.get(name);
  // Where anything is read, nothing is read too.
  const needed = own.required && own.shape().types.size > 0;
  const field = dotted(parent, name);
  if (!found) {
    if (theirs.rest === 'map' || theirs.types.size === 0) return;
    walk.report({
      kind: 'reply-field-gone',
      severity: needed ? 'error' : 'warning',
      where: 'reply',
      field,
      pointer: theirs.pointer,
      from: own.pointer,
      message: needed ? 'the field is gone, and the reply cannot be read without it' : 'the field is gone',
    });
    return;
  }
  if (needed && !found.required) {
    walk.report({
      kind: 'reply-field-optional',
      severity: 'warning',
      where: 'reply',
      field,
      pointer: found.pointer,
      from: own.pointer,
      message: 'the field may be left out now',
    });
  }
  compareReply(own.shape(), found.shape(), field, walk);
}
