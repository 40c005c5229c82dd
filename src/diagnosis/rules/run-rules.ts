import type { Finding, FindingPlace } from '../explanation.ts';
import type { Rule, RuleContext } from './rule.ts';

const MOST_FINDINGS = 200;

/** What the rules find, at most one finding a place: the first rule that speaks of it wins. In the order of the rules. */
export function runRules(rules: readonly Rule[], context: RuleContext): readonly Finding[] {
  const found: Finding[] = [];
  const taken = new Set<string>();
  for (const rule of rules) {
    for (const finding of rule.find(context)) {
      const key = placeKey(finding.where);
      if (taken.has(key)) continue;
      taken.add(key);
      found.push(finding);
      if (found.length >= MOST_FINDINGS) return found;
    }
  }
  return found;
}

/** Header names have no case (RFC 9110, 5.1). */
function placeKey(where: FindingPlace): string {
  if (where.part !== 'field') return where.part;
  const { in: part, steps } = where.place;
  return JSON.stringify([part, part === 'header' ? steps.map((step) => String(step).toLowerCase()) : steps]);
}
