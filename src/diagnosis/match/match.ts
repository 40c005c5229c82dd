import type { SentRequest } from '../exchange/exchange.ts';
import type { ApiDocument, ApiOperation, ApiServer } from '../spec/api-document.ts';
import type { SchemaIssue } from '../spec/check-value.ts';
import type { Shape } from '../spec/shape.ts';

/** How one operation explains a request: what would have to change for the request to be it. */
export interface Match {
  readonly document: ApiDocument;
  readonly operation: ApiOperation;
  readonly server: ApiServer;
  /** How likely it is that this operation was meant, 0 to 1. Measured: docs/performance.md has its calibration. */
  readonly confidence: number;
  /** Method, host and path fit as they are; only fields may be wrong. */
  readonly exact: boolean;
  readonly route: Route;
  readonly fields: FieldPlan;
  /** Sentences. */
  readonly speaksFor: readonly string[];
  readonly speaksAgainst: readonly string[];
}

/** The sent path beside the operation's. */
export interface Route {
  /** The right path with base path: values of parameters in place, `{name}` where the value is not known. */
  readonly path: string;
  /** The operation's template, with base path. */
  readonly template: string;
  readonly steps: readonly RouteStep[];
}

export type RouteStep =
  | { readonly kind: 'same'; readonly sent: string; readonly right: string }
  /** `parameter`: the sent segment is the value. `suffix`: literal text around it in the template, as `.json`. */
  | {
      readonly kind: 'value';
      readonly sent: string;
      readonly right: string;
      readonly parameter: string;
      readonly value: string;
    }
  | { readonly kind: 'changed'; readonly sent: string; readonly right: string; readonly how: StepChange }
  | { readonly kind: 'extra'; readonly sent: string }
  /** `base`: the segment belongs to the base path of the server. */
  | { readonly kind: 'absent'; readonly right: string; readonly parameter?: string; readonly base: boolean };

export type StepChange = 'case' | 'separator' | 'number' | 'typo' | 'version' | 'words' | 'other';

/** Where a value stands in a request. Steps are the names on the way; an array's index is a number. */
export interface FieldPlace {
  readonly in: 'path' | 'query' | 'header' | 'cookie' | 'body';
  readonly steps: readonly (string | number)[];
}

export interface SentField {
  readonly place: FieldPlace;
  readonly value: unknown;
}

export interface KnownField {
  readonly place: FieldPlace;
  readonly required: boolean;
  /** JSON pointer of its schema or parameter. */
  readonly pointer: string;
  readonly description: string | undefined;
  readonly shape: () => Shape;
}

/** What each thing that was sent is to the operation. Every place below a kept object is looked at too. */
export interface FieldPlan {
  readonly moves: readonly FieldMove[];
  /** Nothing in the operation is meant by it. `ignored`: the provider drops it in silence; `closed`: it refuses it. */
  readonly unknown: readonly {
    readonly sent: SentField;
    readonly rest: 'ignored' | 'closed';
    /** Fields of the operation that look alike, and why none of them is offered. */
    readonly near: readonly { readonly known: KnownField; readonly why: string }[];
  }[];
  /** Required and not there, after the moves. */
  readonly missing: readonly KnownField[];
  /** What is wrong with values, after the moves; places are those of the corrected body. */
  readonly issues: readonly PlacedIssue[];
}

export interface PlacedIssue {
  readonly place: FieldPlace;
  readonly issue: SchemaIssue;
}

/** A field that is right under another name or at another place. */
export interface FieldMove {
  readonly from: SentField;
  readonly to: KnownField;
  readonly renamed: boolean;
  /** Into or out of an object, or between path, query, header and body. */
  readonly moved: boolean;
  /** 0 to 1. */
  readonly confidence: number;
  /** Sentences: what the two have in common. */
  readonly reasons: readonly string[];
}

/** All that fit, best first. `none`: how likely it is that the document has no such operation. */
export interface Ranking {
  readonly request: SentRequest;
  readonly matches: readonly Match[];
  readonly none: number;
}
