import type { DocumentOrigin } from './api-document.ts';

/** Whether a document has only a part of its API, as one that is made from Donna's own schemas: what it lacks may exist all the same. */
export function isPartial({ origin }: { readonly origin: DocumentOrigin }): boolean {
  return origin.kind === 'wire';
}
