/** Who has to act before the same call can go better. */
export type Owner = 'donna' | 'provider' | 'carrier' | 'callee' | 'config';

/** Why a call was not placed or did not succeed. */
export interface Cause {
  /** Kebab-case and stable, such as `trial-number-unverified`. */
  readonly code: string;
  readonly sentence: string;
  readonly owner: Owner;
  readonly fix: string;
  /** The same call may succeed later without a change. */
  readonly retryable: boolean;
}
