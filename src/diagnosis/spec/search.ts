import { editDistance } from '../../kernel/nearest.ts';
import { plainName, sameMeaning, wordsOf } from '../match/words.ts';
import type { ApiDocument, ApiOperation } from './api-document.ts';
import { fullPath } from './full-path.ts';
import { oneLine } from './one-line.ts';
import { mainContent } from './operation-parameters.ts';
import { propertyNames } from './property-names.ts';

export interface FoundOperation {
  readonly operation: ApiOperation;
  /** Comparable within one search alone. */
  readonly score: number;
  /** The words that were looked for and found, as they were given. */
  readonly words: readonly string[];
}

/** How much it says that a word stands there. The last step of a path is what it is about. */
const weights = {
  lastStep: 5,
  path: 3,
  operationId: 3,
  summary: 4,
  tag: 2,
  method: 2,
  wholeName: 4,
  parameter: 1.5,
  description: 1,
} as const;
const DESCRIPTION_READ = 800;
const LONGEST_TITLE = 120;
/** Of the weight, where the word found is not the word that was looked for. */
const quality = { same: 1, beginning: 0.6, meaning: 0.5, typo: 0.5 } as const;
/** What a second and a third place of the same word add. */
const FURTHER = 0.2;
const DEPRECATED = 0.7;
/** For each word of path and title that was not looked for. */
const BESIDE = 0.05;

/** Words of a question that name nothing; inside of a name, as in `to_number`, they do. */
const idle = new Set([
  'a',
  'an',
  'the',
  'of',
  'for',
  'to',
  'in',
  'on',
  'by',
  'with',
  'and',
  'or',
  'how',
  'do',
  'i',
  'my',
]);

/** What people call that which a method does. */
const verbs: Readonly<Record<string, readonly string[]>> = {
  GET: ['get', 'read', 'show', 'fetch'],
  POST: ['create', 'make', 'send', 'start', 'place'],
  PUT: ['set', 'replace', 'update', 'change'],
  PATCH: ['update', 'change', 'edit'],
  DELETE: ['delete', 'remove'],
};

/** Weight of a word in each operation, by the operation's place in the document. */
type Index = ReadonlyMap<string, Map<number, number>>;

const indexes = new WeakMap<ApiDocument, Index>();

/**
 * The operations that fit the words, best first: words of the path, the operationId, title, tags, names of parameters and top-level
 * fields, and the description. Rare words count more; number, case, camelCase and small slips of the pen make no difference. A word
 * that is an HTTP method in capitals keeps the operations of that method alone.
 */
export function searchOperations(document: ApiDocument, words: readonly string[]): FoundOperation[] {
  const given = words.flatMap((one) => one.split(/\s+/)).filter((one) => one !== '');
  const methods = new Set(given.filter((one) => /^(?:GET|PUT|POST|PATCH|DELETE|HEAD|OPTIONS)$/.test(one)));
  const named = given.filter((one) => !methods.has(one));
  const telling = named.filter((one) => !idle.has(one.toLowerCase()));
  const looked = telling.length > 0 ? telling : named;
  const wanted = looked.flatMap((one) => wordsOf(one).map((word) => ({ given: one, word })));
  // `to_number` is more than its two words.
  const whole = looked.filter((one) => wordsOf(one).length > 1);
  const index = indexOf(document);
  const scores = new Map<number, { score: number; words: Set<string>; parts: number }>();
  for (const { given: asGiven, word } of wanted) {
    for (const [place, score] of scoresOf(word, index, document.operations.length)) {
      const known = scores.get(place) ?? { score: 0, words: new Set<string>(), parts: 0 };
      known.score += score;
      known.parts += 1;
      known.words.add(asGiven);
      scores.set(place, known);
    }
  }
  for (const name of whole) {
    const places = index.get(wholeName(name)) ?? new Map<number, number>();
    for (const [place, weight] of places) {
      const known = scores.get(place);
      if (known) known.score += weight * Math.log(1 + document.operations.length / places.size);
    }
  }
  if (wanted.length === 0) {
    for (const { index: place } of document.operations)
      scores.set(place, { score: 1, words: new Set(), parts: 0 });
  }
  return document.operations
    .flatMap((operation): FoundOperation[] => {
      const found = scores.get(operation.index);
      if (!found || (methods.size > 0 && !methods.has(operation.method))) return [];
      // All of the words say far more together than some of them.
      const share = wanted.length === 0 ? 1 : (found.parts / wanted.length) ** 1.5;
      const beside = Math.max(0, headWords(operation).size - found.parts);
      const score = (found.score * share * (operation.deprecated ? DEPRECATED : 1)) / (1 + BESIDE * beside);
      return [{ operation, score, words: [...found.words] }];
    })
    .sort((a, b) => b.score - a.score || a.operation.path.length - b.operation.path.length);
}

/** The best of the ways in which a word is met, for each operation. */
function scoresOf(word: string, index: Index, operations: number): Map<number, number> {
  const scores = new Map<number, number>();
  for (const [other, places] of index) {
    const fit = fitOf(word, other);
    if (fit === 0) continue;
    const rarity = Math.log(1 + operations / places.size);
    for (const [place, weight] of places) {
      scores.set(place, Math.max(scores.get(place) ?? 0, fit * rarity * weight));
    }
  }
  return scores;
}

function fitOf(word: string, other: string): number {
  if (word === other) return quality.same;
  if (word.length >= 3 && other.startsWith(word)) return quality.beginning;
  if (sameMeaning(word, other)) return quality.meaning;
  const near = word.length >= 5 && Math.abs(word.length - other.length) <= 1 && word[0] === other[0];
  return near && editDistance(word, other) === 1 ? quality.typo : 0;
}

function indexOf(document: ApiDocument): Index {
  const known = indexes.get(document);
  if (known) return known;
  const index = new Map<string, Map<number, number>>();
  for (const operation of document.operations) {
    for (const [word, weight] of weighed(document, operation)) {
      const places = index.get(word) ?? new Map<number, number>();
      places.set(operation.index, weight);
      index.set(word, places);
    }
  }
  indexes.set(document, index);
  return index;
}

function weighed(document: ApiDocument, operation: ApiOperation): Map<string, number> {
  const words = new Map<string, number>();
  const add = (texts: readonly (string | undefined)[], weight: number) => {
    const all = new Set(
      texts.flatMap((text) => (text === undefined ? [] : text.split(/\s+/).flatMap(wordsOf))),
    );
    for (const word of all) {
      const sofar = words.get(word) ?? 0;
      words.set(word, Math.max(sofar, weight) + Math.min(sofar, weight) * FURTHER);
    }
  };
  const steps = literalSteps(operation);
  add(steps.slice(-1), weights.lastStep);
  add(steps.slice(0, -1), weights.path);
  add([titleOf(operation)], weights.summary);
  add([operation.operationId], weights.operationId);
  add(operation.tags, weights.tag);
  const list = operation.method === 'GET' && !operation.path.endsWith('}') ? ['list'] : [];
  add([...(verbs[operation.method] ?? []), ...list], weights.method);
  const content = mainContent(operation.body()?.contents ?? []);
  const names = [
    ...operation.parameters().map(({ name }) => name),
    ...(content ? propertyNames(document.root, content.schemaPointer) : []),
  ];
  add(names, weights.parameter);
  for (const name of [...names, operation.operationId ?? '']) {
    if (wordsOf(name).length > 1) words.set(wholeName(name), weights.wholeName);
  }
  add([operation.description?.slice(0, DESCRIPTION_READ)], weights.description);
  return words;
}

/** Beside the words, and met by none of them. */
function wholeName(name: string): string {
  return `=${plainName(name)}`;
}

function literalSteps(operation: ApiOperation): string[] {
  return fullPath(operation)
    .split('/')
    .filter((step) => step !== '' && !step.includes('{') && !/^v\d+$/.test(step))
    .map((step) => step.replace(/\.\w+$/, ''));
}

/** Where there is none, the first sentence of the description stands for it. */
function titleOf({ summary, description }: ApiOperation): string | undefined {
  return summary ?? oneLine(description?.split(/[.!?](?:\s|$)/, 1)[0], LONGEST_TITLE);
}

function headWords(operation: ApiOperation): ReadonlySet<string> {
  return new Set([...literalSteps(operation), titleOf(operation) ?? ''].flatMap(wordsOf));
}
