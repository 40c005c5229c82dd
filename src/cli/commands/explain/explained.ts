import type { Explanation } from '../../../diagnosis/explanation.ts';
import type { Proof } from '../../../diagnosis/proof.ts';

/** One explained request, with what is known of its fix where that was asked for. */
export interface Explained {
  readonly explanation: Explanation;
  readonly proof?: Proof;
}
