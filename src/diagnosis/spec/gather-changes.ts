import { changeClasses, type DocumentChange } from './document-change.ts';

const places: readonly DocumentChange['where'][] = ['endpoint', 'request', 'query', 'reply'];

/**
 * What is shared by many operations (a schema of a document, a list of values that each of its schemas repeats) is told once, with the
 * list of them. The worst comes first.
 */
export function gatherChanges(changes: readonly DocumentChange[]): DocumentChange[] {
  const gathered = new Map<string, DocumentChange & { operations: string[] }>();
  for (const change of changes) {
    const key = sameness(change);
    const known = gathered.get(key);
    if (!known) {
      gathered.set(key, { ...change, operations: [...change.operations] });
      continue;
    }
    for (const operation of change.operations) {
      if (!known.operations.includes(operation)) known.operations.push(operation);
    }
  }
  const rank = (one: DocumentChange) =>
    changeClasses.indexOf(one.class) * places.length + places.indexOf(one.where);
  return [...gathered.values()].sort((a, b) => rank(a) - rank(b));
}

function sameness(change: DocumentChange): string {
  if (change.where === 'endpoint') return JSON.stringify([change.kind, change.operations]);
  const name = change.field?.split('.').at(-1);
  // Values and types are written wherever they are used; the same words of the same field are the same change.
  const place = /value|type/.test(change.kind) ? '' : change.pointer;
  return JSON.stringify([change.kind, change.where, place, name, change.message]);
}
