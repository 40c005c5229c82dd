import type { Evidence, Finding, FindingPlace, Severity } from '../explanation.ts';
import type { RuleContext } from './rule.ts';

export interface Told {
  readonly severity: Severity;
  readonly where: FindingPlace;
  readonly message: string;
  readonly sent?: string | undefined;
  readonly right?: string | undefined;
  readonly evidence?: readonly (Evidence | undefined)[];
  readonly fix?: string | undefined;
  /** How sure the rule is, 0 to 1, if the operation is the one that was meant. */
  readonly sure: number;
}

/** A finding as sure as its rule and the match together. */
export function told(rule: string, context: Pick<RuleContext, 'match'>, facts: Told): Finding {
  const { severity, where, message, sent, right, fix, evidence = [] } = facts;
  return {
    rule,
    severity,
    where,
    message,
    ...(sent === undefined ? {} : { sent }),
    ...(right === undefined ? {} : { right }),
    evidence: evidence.filter((one) => one !== undefined),
    ...(fix === undefined ? {} : { fix }),
    confidence: Math.round((context.match?.confidence ?? 1) * facts.sure * 1000) / 1000,
  };
}
