import { documentWords } from '../../../diagnosis/report/document-words.ts';
import type { ApiDocument } from '../../../diagnosis/spec/api-document.ts';
import { remoteReferences, remoteReferencesNote } from '../../../diagnosis/spec/remote-references.ts';
import { printable } from '../../../kernel/printable.ts';
import type { Cli } from '../../cli.ts';

/** Which document is spoken of, and what of it could not be read. */
export function sayDocument(cli: Cli, document: ApiDocument): void {
  cli.err(documentWords(documentFacts(document)));
  const note = remoteReferencesNote(remoteReferences(document.root));
  if (note !== undefined) cli.err(`! ${printable(note)}`);
}

export function documentFacts(document: ApiDocument) {
  const { title, version, origin } = document;
  return { title, ...(version === undefined ? {} : { version }), origin };
}
