/** What a check found: before a dial, in an account, or in a failing request. */
export interface Finding {
  /** The rule that speaks, kebab-case and stable. */
  readonly rule: string;
  /** An `error` would make the call fail or go wrong; a `warning` may be meant. */
  readonly severity: 'error' | 'warning';
  /** What it is about: a field, an agent, a line. */
  readonly where: string;
  /** What was seen, in a sentence. */
  readonly evidence: string;
  /** The next step, in a sentence. */
  readonly fix: string;
}
