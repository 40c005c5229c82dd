import type { FailedExchange } from './errors.ts';

/** Why a request of ours was refused, in words that may be kept: no value of the request is in them. */
export interface FailureExplanation {
  /** `wrong`: it is not what the API's document says. `nothing-wrong`: it is, and the refusal has another cause. */
  readonly verdict: 'wrong' | 'nothing-wrong' | 'cannot-tell';
  /** At most three lines. */
  readonly answer: readonly string[];
  /** Names of the rules that found something; docs/rules has a page for each. */
  readonly rules: readonly string[];
  /** The operation that was meant: `POST /v1/convai/twilio/outbound-call`. */
  readonly operation?: string;
  /** Sent name -> right name. */
  readonly fieldMap: Readonly<Record<string, string>>;
  /** The document that it rests on. */
  readonly document: string;
  /** A command that says more. */
  readonly more?: string;
}

/**
 * Explains an exchange that ended in a 4xx. Never throws, and asks no network; `undefined` where there is nothing to say. Joined in main,
 * and loaded when something has failed.
 */
export type ExplainFailure = (exchange: FailedExchange) => Promise<FailureExplanation | undefined>;
