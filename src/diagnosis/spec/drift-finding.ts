import type { Shape } from './shape.ts';

export type DriftKind =
  | 'endpoint-gone'
  | 'endpoint-deprecated'
  | 'field-gone'
  | 'newly-required'
  | 'type-changed'
  | 'enum-value-gone'
  | 'reply-field-gone'
  | 'reply-field-optional'
  | 'reply-type-changed'
  | 'reply-value-new';

/** One difference that a caller who holds to `from` meets at a provider who holds to `to`. */
export interface DriftFinding {
  readonly kind: DriftKind;
  /** `error`: requests fail or lose their meaning. `warning`: some may, or a reply says less. */
  readonly severity: 'error' | 'warning';
  /** As the caller knows it: `POST /v1/convai/twilio/outbound-call`. */
  readonly operation: string;
  readonly where: 'endpoint' | 'query' | 'request' | 'reply';
  /** Dotted, `[]` for the items of a list and `*` for any entry of a map. */
  readonly field?: string;
  /** Where `to` says so: a JSON pointer to the difference, or to what should have held it. */
  readonly pointer: string;
  readonly message: string;
  /** Where `from` says otherwise: a JSON pointer into its document. */
  readonly from?: string;
  /** The types or values that the message speaks of: JSON types, or values as JSON text. */
  readonly values?: readonly string[];
  /** The endpoint that took over, where one has the same operationId. */
  readonly successor?: string;
}

export interface DriftWalk {
  readonly report: (finding: Omit<DriftFinding, 'operation'>) => void;
  /** Pairs of shapes already compared, so that recursive ones end. */
  readonly seen: Set<string>;
}

/** Pairs of one operation. Real ones have up to 1,000; a hostile document can make them without end. */
const MOST_PAIRS = 3000;
/** Characters of the dotted name of a field; each level has two at least, so this bounds the depth of the walk as well. */
const LONGEST_FIELD = 1500;

/** False where this pair was compared before, in this operation, and beyond what is walked. */
export function enterPair(ours: Shape, theirs: Shape, field: string, walk: DriftWalk): boolean {
  if (field.length > LONGEST_FIELD || walk.seen.size > MOST_PAIRS) return false;
  const pair = `${ours.id}\n${theirs.id}`;
  if (walk.seen.has(pair)) return false;
  walk.seen.add(pair);
  return true;
}

/** Whether a value of this type is among them; an integer is a number. */
export function takesType(types: ReadonlySet<string>, type: string): boolean {
  return types.size === 0 || types.has(type) || (type === 'integer' && types.has('number'));
}

export function dotted(parent: string, name: string): string {
  return parent === '' ? name : `${parent}.${name}`;
}
