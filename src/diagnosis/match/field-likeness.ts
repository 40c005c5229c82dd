import type { Stranger } from './find-moves.ts';
import type { KnownField } from './match.ts';
import type { NameLikeness } from './name-likeness.ts';
import { valueFit } from './value-fit.ts';
import { wordsOf } from './words.ts';

export interface FieldLikeness {
  /** 0 to 1. */
  readonly score: number;
  readonly reasons: readonly string[];
  /** They share a word that tells something, and the value goes with the field: enough where nothing else comes near. */
  readonly firm: boolean;
}

/** How likely it is that a sent field means a known one. Names, what the document says of it, and the value each add to it. */
export function fieldLikeness(
  names: NameLikeness,
  stranger: Stranger,
  known: KnownField,
  name: string,
): FieldLikeness {
  if (names.score === 1) return { score: 1, reasons: ['the same name'], firm: true };
  const fit = valueFit(stranger.sent.value, known.shape(), name);
  const told = names.score >= 0.9 ? 0 : describedLikeness(stranger.name, known.description);
  const reasons = [
    names.why,
    told >= 0.5 ? `the document describes ${name} in the words of ${stranger.name}` : '',
    fit >= 0.4 ? 'the value is of the kind that it takes' : '',
  ].filter((reason) => reason !== '');
  const base = names.score + (1 - names.score) * (0.38 * told + Math.max(0, fit) * 0.28);
  const score = fit <= -1 ? base * 0.55 : fit < 0 ? base * (1 + fit * 0.35) : base;
  const firm = fit > 0 && shareTellingWord(stranger.name, name);
  return { score: Math.max(0, Math.min(0.99, score)), reasons, firm };
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

/** The share of a name's words that a description has, by their beginnings. */
function describedLikeness(name: string, description: string | undefined): number {
  if (description === undefined) return 0;
  // A role (`to`, `from`) is seldom said, and makes all the difference.
  const words = wordsOf(name).filter((word) => word.length > 2 || word === 'to');
  if (words.length === 0) return 0;
  const said = description.slice(0, 600).toLowerCase();
  const found = words.filter((word) => said.includes(word.length > 5 ? word.slice(0, -1) : word));
  return found.length / words.length;
}
