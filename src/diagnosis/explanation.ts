import type { ReceivedReply, SentRequest } from './exchange/exchange.ts';
import type { FieldPlace } from './match/match.ts';
import type { DocumentOrigin } from './spec/api-document.ts';

/** What is known about why a request fails. Plain data: `JSON.stringify` gives the format `json`, whose schema is docs/explanation.schema.json. */
export interface Explanation {
  readonly format: 'donna-explanation-1';
  /**
   * `wrong`: the request is not what the document says, and `operation` is what was meant. `nothing-wrong`: it is as the document
   * says (the status may have a cause of its own: `findings` with severity `note`). `cannot-tell`: nothing in the document fits.
   */
  readonly verdict: 'wrong' | 'nothing-wrong' | 'cannot-tell';
  /** The answer, in at most three lines. */
  readonly answer: readonly string[];
  readonly documents: readonly {
    readonly title: string;
    readonly version?: string;
    readonly origin: DocumentOrigin;
  }[];
  /** With secrets replaced by names of variables. */
  readonly request: SentRequest;
  readonly reply?: ReceivedReply;
  readonly operation?: Hypothesis;
  /** The others worth a look, best first. */
  readonly alternatives: readonly Hypothesis[];
  /** Errors first, then in the order of the request. */
  readonly findings: readonly Finding[];
  /** Sent name -> right name: `a.b` inside the body, `path:x`, `query:x`, `header:x`, `cookie:x`. */
  readonly fieldMap: Readonly<Record<string, string>>;
  readonly fix?: Fix;
  /** What became of the endpoint over dated documents, where a history was given. */
  readonly history?: EndpointPast;
}

export interface Hypothesis {
  readonly method: string;
  /** As in the document. */
  readonly path: string;
  /** With the base path. */
  readonly fullPath: string;
  readonly host?: string;
  readonly operationId?: string;
  readonly summary?: string;
  readonly deprecated: boolean;
  /** JSON pointer in its document. */
  readonly pointer: string;
  readonly document: string;
  readonly confidence: number;
  /** Others that the request would fit just as well, as `/v1/{a}/call` beside `/v1/{b}/call`; which one only the user knows. */
  readonly family?: {
    /** How likely it is that one of them, or this one, was meant. */
    readonly confidence: number;
    /** `METHOD /path` of the others. */
    readonly others: readonly string[];
  };
  readonly evidence: { readonly for: readonly string[]; readonly against: readonly string[] };
  /** One command that would confirm it and changes nothing at the provider. */
  readonly confirm: string;
  readonly required: readonly ParameterFacts[];
  readonly optional: readonly ParameterFacts[];
}

export interface ParameterFacts {
  /** As in `fieldMap`. */
  readonly name: string;
  readonly type: string;
  readonly description?: string;
}

export type Severity = 'error' | 'warning' | 'note';

export interface Finding {
  /** Name of the rule. */
  readonly rule: string;
  /** `error`: the request fails by it. `warning`: it has no effect, or will fail one day. `note`: the request is right, the status has another cause. */
  readonly severity: Severity;
  readonly where: FindingPlace;
  /** One sentence. */
  readonly message: string;
  /** As it was sent, and as it is right, for two columns. Secrets are replaced. */
  readonly sent?: string;
  readonly right?: string;
  /** What the statement rests on. */
  readonly evidence: readonly Evidence[];
  /** What to do, as a sentence. */
  readonly fix?: string;
  /** 0 to 1. */
  readonly confidence: number;
}

export type FindingPlace =
  | { readonly part: 'host' | 'path' | 'method' | 'auth' | 'content-type' | 'reply' | 'body' }
  | { readonly part: 'field'; readonly place: FieldPlace };

export interface Evidence {
  /** `document`: a place in it; `reply`: what the provider answered; `history`: dated documents; `request`: what was sent. */
  readonly source: 'document' | 'reply' | 'history' | 'request';
  readonly text: string;
  /** JSON pointer, with `source: 'document'`. */
  readonly pointer?: string;
}

export interface Fix {
  /** The right request: values carried over, `holes` where one is not known. Secrets are replaced by names of variables. */
  readonly request: SentRequest;
  readonly holes: readonly Hole[];
  /** Names of fields that the operation does not know and that are left out. */
  readonly dropped: readonly string[];
}

/** A value that nobody but the user knows. In the request it is the text `<name>`. */
export interface Hole {
  readonly name: string;
  readonly place: FieldPlace;
  /** What belongs there, in words; an example of the document where it has one. */
  readonly expects: string;
  readonly example?: string;
}

export interface EndpointPast {
  /** Days, `YYYY-MM-DD`, of the documents. */
  readonly oldest: string;
  readonly newest: string;
  readonly firstSeen?: string;
  readonly lastSeen?: string;
  readonly goneBy?: string;
  readonly deprecatedSince?: string;
  /** `METHOD /path` that took its place. */
  readonly successor?: string;
  readonly evidence: readonly string[];
}
