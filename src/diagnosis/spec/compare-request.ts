import { type DriftWalk, dotted, enterPair, takesType } from './drift-finding.ts';
import type { Shape } from './shape.ts';

/** What we send must be something that they take. */
export function compareSent(
  ours: Shape,
  theirs: Shape,
  where: 'query' | 'request',
  field: string,
  walk: DriftWalk,
): void {
  if (!enterPair(ours, theirs, field, walk)) return;
  const sent = [...ours.types].filter((type) => type !== 'null');
  const refused = theirs.types.size === 0 ? [] : sent.filter((type) => !takesType(theirs.types, type));
  if (refused.length > 0) {
    walk.report({
      kind: 'type-changed',
      severity: refused.length === sent.length ? 'error' : 'warning',
      where,
      field,
      pointer: theirs.pointer,
      from: ours.pointer,
      values: refused,
      message: `${refused.join(' or ')} is sent, ${[...theirs.types].join(' or ')} is taken`,
    });
  }
  const lost = ours.values && theirs.values ? [...ours.values].filter((one) => !theirs.values?.has(one)) : [];
  if (lost.length > 0) {
    walk.report({
      kind: 'enum-value-gone',
      severity: 'error',
      where,
      field,
      pointer: theirs.pointer,
      from: ours.pointer,
      values: lost,
      message: `${lost.join(', ')} is not taken any more`,
    });
  }
  if (takesType(theirs.types, 'object')) compareFields(ours, theirs, where, field, walk);
  const items = [ours.items(), theirs.items()] as const;
  if (items[0] && items[1]) compareSent(items[0], items[1], where, `${field}[]`, walk);
  const entries = [ours.entries(), theirs.entries()] as const;
  if (entries[0] && entries[1]) compareSent(entries[0], entries[1], where, dotted(field, '*'), walk);
}

export function compareFields(
  ours: Pick<Shape, 'fields' | 'rest'>,
  theirs: Pick<Shape, 'fields' | 'rest' | 'pointer'>,
  where: 'query' | 'request',
  parent: string,
  walk: DriftWalk,
): void {
  for (const [name, field] of ours.fields) {
    const found = theirs.fields.get(name);
    const path = dotted(parent, name);
    if (found) compareSent(field.shape(), found.shape(), where, path, walk);
    else if (theirs.rest !== 'map') {
      walk.report({
        kind: 'field-gone',
        severity: 'error',
        where,
        field: path,
        pointer: theirs.pointer,
        from: field.pointer,
        message:
          theirs.rest === 'closed'
            ? 'the field is gone and would be refused'
            : 'the field is gone and would be dropped in silence',
      });
    }
  }
  // Where we send entries of any name, which of them are there is the caller's affair.
  if (ours.rest === 'map') return;
  for (const [name, field] of theirs.fields) {
    if (!field.required || ours.fields.get(name)?.required) continue;
    walk.report({
      kind: 'newly-required',
      severity: 'error',
      where,
      field: dotted(parent, name),
      pointer: field.pointer,
      ...(ours.fields.has(name) ? { from: ours.fields.get(name)?.pointer ?? '' } : {}),
      message: ours.fields.has(name) ? 'the field is required now' : 'a field we do not know is required now',
    });
  }
}
