import { type Json, objectOf } from '../../test/fixtures/openapi/source.ts';

/**
 * The document with its operations `times` over. Each copy speaks other words (the letters of every literal segment,
 * operation name and tag are moved on), so that the copies are as far from each other as the parts of a large API.
 * Schemas are shared: they are read only where an operation is looked at.
 */
export function growDocument(root: Json, times: number): Json {
  const paths = Object.entries(objectOf(root.paths));
  const copies = Array.from({ length: times }, (_, copy) =>
    paths.map(([path, item]) => [renamedPath(path, copy), renamedItem(item, copy)] as const),
  );
  return { ...root, paths: Object.fromEntries(copies.flat()) };
}

/** How many times over a document must be for its text to have that many bytes. */
export function timesFor(root: Json, bytes: number): number {
  const own = JSON.stringify(root).length;
  const paths = JSON.stringify(root.paths).length;
  return Math.max(1, 1 + Math.ceil((bytes - own) / paths));
}

function renamedPath(path: string, copy: number): string {
  return path
    .split('/')
    .map((segment) => (/^v\d+$|^\d/.test(segment) ? segment : outsideBraces(segment, copy)))
    .join('/');
}

function outsideBraces(segment: string, copy: number): string {
  return segment
    .split(/(\{[^}]*\})/)
    .map((part) => (part.startsWith('{') ? part : moved(part, copy)))
    .join('');
}

function renamedItem(item: unknown, copy: number): unknown {
  if (copy === 0) return item;
  return Object.fromEntries(
    Object.entries(objectOf(item)).map(([method, operation]) => {
      const { operationId, tags } = objectOf(operation);
      if (typeof operationId !== 'string') return [method, operation];
      const words = {
        operationId: `${moved(operationId, copy)}_${copy}`,
        ...(Array.isArray(tags) && { tags: tags.map((tag) => moved(String(tag), copy)) }),
      };
      return [method, { ...objectOf(operation), ...words }];
    }),
  );
}

/** Each letter by as many places in its alphabet as the copy's number says, so that case and length stay. */
function moved(word: string, copy: number): string {
  // Past 25 the letters come round, and a number keeps the words apart.
  const suffix = copy > 25 && word !== '' ? `${Math.floor(copy / 26)}` : '';
  return (
    word.replaceAll(/[A-Za-z]/g, (letter) => {
      const first = letter <= 'Z' ? 65 : 97;
      return String.fromCharCode(first + ((letter.charCodeAt(0) - first + copy) % 26));
    }) + suffix
  );
}
