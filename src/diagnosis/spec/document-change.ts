import type { DriftFinding, DriftKind } from './drift-finding.ts';

type AddedKind =
  | 'endpoint-added'
  | 'endpoint-moved'
  | 'endpoint-restored'
  | 'field-added'
  | 'field-relaxed'
  | 'type-widened'
  | 'enum-value-added'
  | 'reply-field-added'
  | 'reply-field-sure'
  | 'reply-type-narrowed'
  | 'reply-value-gone';

/** In the order in which they are told. */
export const changeClasses = ['breaking', 'deprecation', 'change', 'addition'] as const;

/**
 * `breaking`: requests or readers of replies that were right before fail or lose their meaning. `deprecation`: they will one day.
 * `change`: a reply says less, or something new, than its readers may expect. `addition`: nothing that was right before is touched.
 */
export type ChangeClass = (typeof changeClasses)[number];

/** One difference between an older and a newer document, with all the operations that it reaches. */
export interface DocumentChange {
  readonly class: ChangeClass;
  readonly kind: DriftKind | AddedKind;
  /** `POST /v1/calls`, with the base path. As the older document has them; what is new, as the newer one. */
  readonly operations: readonly string[];
  readonly where: DriftFinding['where'];
  /** Dotted, in the first of the operations. */
  readonly field?: string;
  /** JSON pointer, in the older or in the newer document. */
  readonly pointer: string;
  readonly document: 'old' | 'new';
  /** A clause, without the field. */
  readonly message: string;
  /** What took the place of an endpoint that is gone. */
  readonly successor?: string;
}
