import type { ConversationAnalysis } from '../wire/elevenlabs/conversation.ts';

/** What data collection and criteria say of each wish; `undefined` where they do not tell. */
export interface CollectedWish {
  readonly optOut: boolean | undefined;
  readonly wrongPerson: boolean | undefined;
}

/** Names as users give them to data and criteria, in snake_case. */
const names = {
  optOut:
    /(?:^|_)(?:do_?not_(?:call|contact|phone|ring)|dont_call|dnc|opt(?:ed|s)?_?(?:me_)?out|unsubscribed?|stop_calling|no_more_calls|never_call|removed?_from_(?:the_)?(?:call_?)?list|not_to_be_called)(?:_|$)/,
  wrongPerson: /(?:^|_)wrong_?(?:person|number|callee|contact|party)(?:_|$)/,
  rightPerson: /(?:^|_)(?:right|correct|intended)_?(?:person|number|callee|contact|party)(?:_|$)/,
};

/**
 * A criterion says whether a goal was met: `do_not_call` or `wrong_person` can mean that the agent kept to a rule for such calls. Only a
 * name that states what happened counts.
 */
const stated = {
  optOut: /(?:^|_)(?:asked_not_to_be_called|opted_out|asked_to_opt_out|wants_no_(?:more_)?calls)(?:_|$)/,
  wrongPerson:
    /(?:^|_)(?:(?:reached|was|is)_(?:the_)?wrong_(?:person|number)|wrong_(?:person|number)_(?:reached|answered))(?:_|$)/,
};

/** Reads the analysis that the provider makes after a call, by telling names. A value that is neither yes nor no tells nothing. */
export function collectedWish(analysis: ConversationAnalysis | null | undefined): CollectedWish {
  const data = Object.entries(analysis?.data_collection_results ?? {}).map(([id, item]) => ({
    names: [id, item.data_collection_id ?? '', item.name ?? ''].map(snakeCase),
    says: yesOrNo(item.value),
  }));
  const criteria = Object.entries(analysis?.evaluation_criteria_results ?? {}).map(([id, criterion]) => ({
    names: [id, criterion.criteria_id ?? ''].map(snakeCase),
    says:
      criterion.result === 'success' ? true : criterion.result === 'failure' ? (false as const) : undefined,
  }));
  const read = (rows: typeof data, name: RegExp) =>
    rows.filter((row) => row.names.some((one) => name.test(one))).map((row) => row.says);
  const wrong = [...read(data, names.wrongPerson), ...read(criteria, stated.wrongPerson)];
  // That the right person was not proven is not yet a wrong one: only the datum's clear "no" counts, no failed criterion.
  const right = read(data, names.rightPerson).map((says) => (says === undefined ? undefined : !says));
  return {
    optOut: anyOf([...read(data, names.optOut), ...read(criteria, stated.optOut)]),
    wrongPerson: anyOf([...wrong, ...right]),
  };
}

/** One yes is enough; a no needs that nothing else says yes. */
function anyOf(said: readonly (boolean | undefined)[]): boolean | undefined {
  if (said.includes(true)) return true;
  return said.includes(false) ? false : undefined;
}

function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_');
}

/** Data can be collected as a boolean, a number or a text. */
function yesOrNo(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 1 || value === 0) return value === 1;
  if (typeof value !== 'string') return undefined;
  const text = value.trim().toLowerCase();
  if (/^(?:true|yes|y|1|ja|oui|si|sí)$/.test(text)) return true;
  return /^(?:false|no|n|0|nein|non)$/.test(text) ? false : undefined;
}
