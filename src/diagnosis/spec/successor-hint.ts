import type { ApiOperation } from './api-document.ts';
import { fullPath } from './full-path.ts';
import { oneLine } from './one-line.ts';
import { pathPattern } from './spec-model.ts';

export interface SuccessorHint {
  /** Of the description, in one line. */
  readonly sentence: string;
  /** The operation it names, where it names one that is there. */
  readonly operation?: ApiOperation;
}

/** Of a description; the hint stands near its beginning or in a notice of its own. */
const LONGEST_READ = 6000;

const ending = /deprecat|clos(?:ed|ing) down|supersed|replaced by|has (?:been )?(?:moved|renamed|replaced)/i;
const directing =
  /\binstead\b|\breplaced by\b|\bsuperseded by\b|\bin favou?r of\b|\bmigrat(?:e|ing)\b|\brecommend\b|\b(?:moved|renamed) to\b/i;
const using = /\buse\b|\busing\b/i;

const methodAndPath = /\b(GET|PUT|POST|DELETE|PATCH)\s+[`*'"]*(\/[A-Za-z0-9_\-./{}:]+)/;
const anyPath = /[`'"(\s](\/[a-z0-9][A-Za-z0-9_\-./{}]*)/;
const quotedName =
  /\b(?:use|replaced by|superseded by|in favou?r of|migrate to|see|switch to|prefer)\s+(?:the\s+)?(?:\w+\s+)?[`'"]([A-Za-z][\w.\-/{}]{1,80})[`'"]/i;

/**
 * What the description of an operation says of the one that took its place. Only where the operation is deprecated, or the description
 * says that it ends: elsewhere "use … instead" is advice.
 * @param candidates of the same document, or of a newer one.
 */
export function successorHint(
  operation: ApiOperation,
  candidates: readonly ApiOperation[],
): SuccessorHint | undefined {
  const text = (operation.description ?? '').slice(0, LONGEST_READ);
  if (!operation.deprecated && !ending.test(text)) return undefined;
  const sentences = text.split(/(?<=[.!?])[*_]*\s+|\n\s*\n/).map((one) => one.trim());
  let said: SuccessorHint | undefined;
  for (const [index, sentence] of sentences.entries()) {
    const directs = directing.test(sentence);
    if (!directs && !using.test(sentence)) continue;
    const near = sentences.slice(Math.max(0, index - 2), index + 1).join(' ');
    if (!operation.deprecated && !(ending.test(near) && (directs || /deprecat/i.test(near)))) continue;
    const line = oneLine(sentence.replace(/^[>\s]*(?:\[!\w+\])?[>\s]*/, ''));
    if (line === undefined) continue;
    const found = named(sentence, operation, candidates);
    if (found) return { sentence: line, operation: found };
    if (directs && operation.deprecated) said ??= { sentence: line };
  }
  return said;
}

/** What a description of something deprecated names to be used instead, as it is written there: `POST /v2/orders`, a path, or a name in quotes. */
export function successorName(description: string | undefined): string | undefined {
  if (description === undefined) return undefined;
  // The hint stands at the beginning or beside the word; a description of pages is not searched to its end.
  const text = description.slice(0, 4000);
  const spoken = /deprecat|instead|replaced|superseded|in favou?r of|migrate/i.test(text);
  if (!spoken) return undefined;
  const whole = methodAndPath.exec(text);
  if (whole) return `${whole[1]} ${trimmed(whole[2] ?? '')}`;
  const named = quotedName.exec(text)?.[1];
  if (named !== undefined) return trimmed(named);
  const path = /instead|replaced|superseded|favou?r|migrate|use/i.test(text)
    ? anyPath.exec(text)?.[1]
    : undefined;
  return path === undefined ? undefined : trimmed(path);
}

/** Why it is believed, as part of a sentence. */
export function saidBy(hint: SuccessorHint): string {
  return `the description of the old one says: “${hint.sentence}”`;
}

/** The first that is named by its path, else by its operationId or its title in a link, a quotation or code. */
function named(
  sentence: string,
  operation: ApiOperation,
  candidates: readonly ApiOperation[],
): ApiOperation | undefined {
  const others = candidates.filter((one) => one.method !== operation.method || one.path !== operation.path);
  const paths = sentence.matchAll(
    /(?:\b(GET|PUT|POST|PATCH|DELETE|HEAD|OPTIONS)\s+)?[`'"*(]*(?:https?:\/\/[\w.:-]+)?(\/[\w{}<>:.~/-]*[\w}>])/g,
  );
  for (const [, method, path] of paths) {
    const found = byPath(pattern(path ?? ''), method ?? operation.method, method !== undefined, others);
    if (found) return found;
  }
  for (const [, inLink, inCode, inQuotes] of sentence.matchAll(/\[([^\]]+)\]|`([^`]+)`|["“]([^"”]+)["”]/g)) {
    const name = plain(inLink ?? inCode ?? inQuotes ?? '');
    const found = others.filter(
      (one) => name !== '' && (plain(one.operationId) === name || plain(one.summary) === name),
    );
    const lasting = found.filter((one) => !one.deprecated);
    if (lasting.length === 1) return lasting[0];
  }
  return undefined;
}

function byPath(
  path: string,
  method: string,
  sure: boolean,
  others: readonly ApiOperation[],
): ApiOperation | undefined {
  if (path.length < 3) return undefined;
  const patterns = others.map((one) => [one, ownPattern(one)] as const);
  const whole = patterns.filter(([, own]) => own === path);
  // A description may leave out the base path or the version.
  const found = whole.length > 0 ? whole : patterns.filter(([, own]) => own.endsWith(path));
  const fitting = found.filter(([one]) => one.method === method);
  if (fitting.length === 1) return fitting[0]?.[0];
  return !sure && found.length === 1 ? found[0]?.[0] : undefined;
}

const ownPatterns = new WeakMap<ApiOperation, string>();

function ownPattern(operation: ApiOperation): string {
  const made = ownPatterns.get(operation) ?? pattern(fullPath(operation));
  ownPatterns.set(operation, made);
  return made;
}

/** Parameters may be written as `{id}`, `:id` or `<id>`; none of their names matters. */
function pattern(path: string): string {
  return pathPattern(path.replace(/\/:\w+/g, '/{}').replace(/<[^>/]*>/g, '{}'))
    .replace(/[/.]+$/, '')
    .toLowerCase();
}

function plain(name: string | undefined): string {
  return (name ?? '')
    .replace(/\((?:legacy|deprecated)\)|\[deprecated\]/gi, '')
    .replace(/[^a-z0-9]/gi, '')
    .toLowerCase();
}

function trimmed(text: string): string {
  return text.replace(/[.,;:]+$/, '');
}
