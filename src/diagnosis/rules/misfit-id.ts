import type { Evidence } from '../explanation.ts';
import { wordsOf } from '../match/words.ts';
import type { ApiDocument } from '../spec/api-document.ts';
import { documentSays } from './document-says.ts';
import { isIdName } from './is-id-name.ts';
import { beginningOf, shapeOfIds } from './shape-of-ids.ts';

export interface Misfit {
  /** What the value is instead: `a phone number`. */
  readonly is: string;
  /** What is due: `an id that begins with order_`. */
  readonly due: string;
  readonly evidence: readonly (Evidence | undefined)[];
}

interface Field {
  readonly name: string;
  readonly description: string | undefined;
}

type Other = 'phone number' | 'e-mail address';

const PHONE = /^\+[1-9]\d{7,14}$/;
const EMAIL = /^[^@\s]{1,64}@[^@\s]{1,180}\.[A-Za-z]{2,}$/;

/**
 * Whether a value that stands where an id is due is plainly something else: a phone number, an e-mail address, or the id of another
 * kind of thing. Only what the document itself teaches counts, so that a strange id is not taken for a wrong one.
 */
export function misfitId(document: ApiDocument, field: Field, value: unknown): Misfit | undefined {
  if (typeof value !== 'string' || value.length > 200) return undefined;
  const words = wordsOf(field.name);
  if (!isIdName(field.name)) return undefined;
  const other = PHONE.test(value) ? 'phone number' : EMAIL.test(value) ? 'e-mail address' : undefined;
  return other === undefined ? otherId(document, field.name, value) : notAnId(document, field, words, other);
}

/**
 * A phone number under the name of an id of a phone number: the mistake that is plain without what a document teaches, which is dear to learn.
 */
export function plainMisfit(field: Field, value: unknown): Misfit | undefined {
  const words = wordsOf(field.name);
  if (typeof value !== 'string' || !PHONE.test(value) || !isIdName(field.name)) return undefined;
  if (!isOfNumber(words) || isAllowed('phone number', words, field.description)) return undefined;
  return { is: 'a phone number', due: 'an id', evidence: [] };
}

/** `phone_number_id` is the id of a number, and the one that is most often mistaken for it. */
function isOfNumber(words: readonly string[]): boolean {
  return words.includes('phone') || words.includes('number');
}

/** Some ids are phone numbers or addresses, and their descriptions say so. */
function isAllowed(other: Other, words: readonly string[], description: string | undefined): boolean {
  const allowed = other === 'phone number' ? /e\.?164|phone number in|\+\d/i : /e-?mail/i;
  return words.includes('caller') || allowed.test(description ?? '');
}

function notAnId(
  document: ApiDocument,
  field: Field,
  words: readonly string[],
  other: Other,
): Misfit | undefined {
  if (isAllowed(other, words, field.description)) return undefined;
  const taught = [...shapeOfIds(document).beginningsOf(field.name)];
  const ofNumber = other === 'phone number' && isOfNumber(words);
  if (taught.length === 0 && !ofNumber) return undefined;
  return {
    is: other === 'phone number' ? 'a phone number' : 'an e-mail address',
    due: due(taught.map(([beginning]) => beginning)),
    evidence: taught.slice(0, 1).map(([beginning, pointer]) => teaches(field.name, beginning, pointer)),
  };
}

function otherId(document: ApiDocument, name: string, value: string): Misfit | undefined {
  const beginning = beginningOf(value);
  if (beginning === undefined || wordsOf(name).includes(beginning.replace(/_$/, '').toLowerCase()))
    return undefined;
  // `id` alone is the id of anything.
  if (wordsOf(name).length < 2) return undefined;
  const shapes = shapeOfIds(document);
  const taught = [...shapes.beginningsOf(name)];
  const [elsewhere] = shapes.fieldsOf(beginning);
  if (taught.length === 0 || !elsewhere || taught.some(([one]) => one === beginning)) return undefined;
  const [first] = taught;
  return {
    is: `an id that begins with \`${beginning}\`, which other things have`,
    due: due(taught.map(([one]) => one)),
    evidence: [
      first && teaches(name, first[0], first[1]),
      documentSays(elsewhere[1], `Ids that begin with \`${beginning}\` stand here in the document.`),
    ],
  };
}

function teaches(name: string, beginning: string, pointer: string): Evidence | undefined {
  return documentSays(pointer, `Here \`${name}\` begins with \`${beginning}\`.`);
}

function due(beginnings: readonly string[]): string {
  if (beginnings.length === 0) return 'an id';
  return `an id that begins with ${beginnings
    .slice(0, 3)
    .map((one) => `\`${one}\``)
    .join(' or ')}`;
}
