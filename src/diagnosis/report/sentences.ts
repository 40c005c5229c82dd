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
  const sentences = [
    firstSeen === undefined && lastSeen === undefined
      ? `It is in no document from ${oldest} to ${newest}.`
      : `Documents from ${oldest} to ${newest} have it from ${firstSeen ?? oldest} to ${lastSeen ?? newest}.`,
    deprecatedSince && `It is deprecated since ${deprecatedSince}.`,
    goneBy && `It is gone by ${goneBy}.`,
    successor && `${successor} took its place.`,
    ...evidence,
  ];
  return sentences.flatMap((sentence) => (sentence ? [printable(sentence)] : []));
}
