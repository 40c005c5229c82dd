import { printable } from '../../kernel/printable.ts';
import type { EndpointPast, Evidence } from '../explanation.ts';

/** Where a statement is from, and what it says. */
export function evidenceWords({ source, text, pointer }: Evidence): string {
  const place = pointer === undefined ? '' : ` (${printable(pointer, 200)})`;
  return `${source}: ${printable(text)}${place}`;
}

/** What dated documents say of the endpoint, a sentence each. */
export function historySentences(history: EndpointPast): string[] {
  const { oldest, newest, firstSeen, lastSeen, goneBy, deprecatedSince, successor, evidence } = history;
  const [first, last] = [firstSeen ?? oldest, lastSeen ?? newest];
  const seen = first === last ? `only that of ${first} has it` : `those from ${first} to ${last} have it`;
  const sentences = [
    firstSeen === undefined && lastSeen === undefined
      ? `The endpoint as it was sent is in no document from ${oldest} to ${newest}.`
      : `Of the documents from ${oldest} to ${newest}, ${seen}.`,
    deprecatedSince && `It has been deprecated since that of ${deprecatedSince}.`,
    goneBy && `It is gone from that of ${goneBy} on.`,
    successor && `${successor} took its place.`,
    ...evidence,
  ];
  return sentences.flatMap((sentence) => (sentence ? [printable(sentence)] : []));
}
