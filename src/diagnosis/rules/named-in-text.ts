import type { SentRequest } from '../exchange/exchange.ts';
import { bodyContent } from '../match/body-content.ts';
import type { Match } from '../match/match.ts';
import { type KnownAt, knownAt } from './known-at.ts';

/**
 * The field of the operation that a sentence of the provider names: in quotes, or by a name that is no word of the language, such
 * as `to_number`. A plain word (`to`, `name`) says nothing unless it is quoted.
 */
export function namedInText(match: Match, request: SentRequest, text: string): KnownAt | undefined {
  const names = new Set([
    ...match.operation.parameters().map((one) => one.name),
    ...(bodyContent(match.operation, request)?.shape().fields.keys() ?? []),
  ]);
  const quoted = [...text.matchAll(/[`'"]([A-Za-z_][\w.[\]-]{0,80})[`'"]/g)].map(([, name = '']) => name);
  const spelt = text.match(/\b[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+|[a-z0-9][A-Z][A-Za-z0-9]*)+\b/g) ?? [];
  const colon = /\b(?:field|parameter|param|property|argument):?\s+([A-Za-z_][\w.]{0,80})/i.exec(text)?.[1];
  for (const said of [...quoted, ...spelt, ...(colon === undefined ? [] : [colon])]) {
    const steps = said.split(/[.[\]]+/).filter((step) => step !== '');
    const [first] = steps;
    if (first === undefined) continue;
    const known = names.has(first) ? knownAt(match, request, undefined, steps) : undefined;
    if (known) return known;
  }
  return undefined;
}
