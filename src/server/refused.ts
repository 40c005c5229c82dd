import type { Fault } from '../api/problem.ts';
import type { ProblemCode } from '../api/problem-codes.ts';
import type { Finding } from '../kernel/finding.ts';

interface RefusedFacts {
  readonly hint?: string | undefined;
  readonly errors?: readonly Fault[];
  readonly findings?: readonly Finding[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that the server refuses, on its way to becoming problem+json. It never leaves the server. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: ProblemCode;
  readonly facts: RefusedFacts;

  constructor(code: ProblemCode, detail: string, facts: RefusedFacts = {}) {
    super(detail);
    this.code = code;
    this.facts = facts;
  }
}
