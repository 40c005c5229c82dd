import type { Shape } from '../spec/shape.ts';
import { segmentOf, spelling, spellingLikeness, wordLikeness } from './likeness.ts';
import { isIdentifierName, valueFit } from './value-fit.ts';
import { opposed, sameMeaning, wordsOf } from './words.ts';

export interface FieldLikeness {
  /** 0 to 1. */
  readonly score: number;
  /** Of the names alone, 0 to 1. */
  readonly name: number;
  readonly reasons: readonly string[];
  /** They share a word that tells something, and the value goes with the field: enough where nothing else comes near. */
  readonly firm: boolean;
  /** Why it is not offered although it looks alike. */
  readonly refused?: string;
}

interface Candidate {
  readonly name: string;
  readonly description: string | undefined;
  readonly shape: () => Shape;
}

/** How likely it is that a sent field means a known one. Names, what the document says of it, and the value each add to it. */
export function fieldLikeness(sentName: string, value: unknown, known: Candidate): FieldLikeness {
  const names = nameLikeness(sentName, known.name);
  if (names.refused) return { score: 0, name: names.score, reasons: [], firm: false, refused: names.refused };
  if (names.score === 1) return { score: 1, name: 1, reasons: ['the same name'], firm: true };
  const fit = valueFit(value, known.shape(), known.name);
  const told = names.score >= 0.9 ? 0 : describedLikeness(sentName, known.description);
  const reasons = [
    names.why,
    told >= 0.5 ? `the document describes ${known.name} in the words of ${sentName}` : '',
    fit >= 0.4 ? 'the value is of the kind that it takes' : '',
  ].filter((reason) => reason !== '');
  const base = names.score + (1 - names.score) * (0.38 * told + Math.max(0, fit) * 0.28);
  const score = fit <= -1 ? base * 0.55 : fit < 0 ? base * (1 + fit * 0.35) : base;
  const firm = fit > 0 && shareTellingWord(sentName, known.name);
  return { score: Math.max(0, Math.min(0.99, score)), name: names.score, reasons, firm };
}

/** Words that half the fields of an API have: sharing one says nothing. */
const faint = new Set(
  'id,url,uri,name,type,status,key,number,date,time,at,value,list,data,code,text,config,setting,enabled,enable,to,from,is,has,of,and,the,by,sid,uuid'.split(
    ',',
  ),
);

function shareTellingWord(left: string, right: string): boolean {
  const words = wordsOf(right);
  return wordsOf(left).some((word) => !faint.has(word) && words.includes(word));
}

interface NameLikeness {
  readonly score: number;
  readonly why: string;
  readonly refused?: string;
}

export function nameLikeness(sent: string, right: string): NameLikeness {
  if (sent === right) return { score: 1, why: 'the same name' };
  if (sent.toLowerCase() === right.toLowerCase())
    return { score: 0.98, why: 'the same name in other letters' };
  const [sentWords, rightWords] = [wordsOf(sent), wordsOf(right)];
  if (sentWords.join('') === rightWords.join(''))
    return { score: 0.97, why: 'the same words, written otherwise' };
  const plain = spelling(segmentOf(sent), segmentOf(right));
  if (opposed(sentWords, rightWords))
    return { score: plain, why: '', refused: 'the one is the opposite of the other' };
  const other = otherThing(sentWords, rightWords);
  if (other) return { score: plain, why: '', refused: other };
  const shared = wordLikeness(sentWords, rightWords);
  const within = containment(sentWords, rightWords);
  // Whose number it is says more than that it is one.
  const roles = roleOf(sentWords) === roleOf(rightWords) ? 1 : 0.75;
  if (plain >= 0.8 && plain * 0.93 >= shared * 0.9) {
    return { score: plain * 0.93 * roles, why: 'nearly the same spelling' };
  }
  const score = Math.max(shared * 0.85, within * 0.72) * roles;
  return { score, why: score > 0.3 ? 'names that share words or their meaning' : '' };
}

/**
 * An identifier names what it identifies: `agent_id` is never `agent_phone_number_id`, however alike they look, because an agent is no
 * phone number. The last word before `id` says what it is; a bare `id` says nothing and may be any.
 */
function otherThing(sent: readonly string[], right: readonly string[]): string | undefined {
  if (!isIdentifierName(sent) || !isIdentifierName(right)) return undefined;
  const [one, other] = [sent.at(-2), right.at(-2)];
  if (one === undefined || other === undefined || sameMeaning(one, other)) return undefined;
  if (spellingLikeness(one, other) >= 0.75) return undefined;
  return `the one identifies a ${one}, the other a ${other}`;
}

const roleWords = [
  'to',
  'from',
  'source',
  'target',
  'destination',
  'sender',
  'recipient',
  'parent',
  'old',
  'new',
];

function roleOf(words: readonly string[]): string {
  return roleWords.filter((role) => words.includes(role)).join(' ');
}

/** The share of the shorter name's words that the longer one has. */
function containment(left: readonly string[], right: readonly string[]): number {
  const [short, long] = left.length <= right.length ? [left, right] : [right, left];
  if (short.length === 0) return 0;
  const found = short.filter((word) => long.some((other) => other === word || sameMeaning(word, other)));
  return found.length / short.length;
}

/** The share of a name's words that a description has, by their beginnings. */
function describedLikeness(name: string, description: string | undefined): number {
  if (description === undefined) return 0;
  const words = wordsOf(name).filter((word) => word.length > 2);
  if (words.length === 0) return 0;
  const said = description.slice(0, 600).toLowerCase();
  const found = words.filter((word) => said.includes(word.length > 5 ? word.slice(0, -1) : word));
  return found.length / words.length;
}
