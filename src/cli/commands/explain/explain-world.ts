import type { SentRequest } from '../../../diagnosis/exchange/exchange.ts';
import type { ApiDocument } from '../../../diagnosis/spec/api-document.ts';
import type { DocumentHistory } from '../../../diagnosis/spec/history.ts';

export interface ExplainChoice {
  /** Nothing is fetched. */
  readonly offline: boolean;
}

/** What `donna explain` needs of the world. */
export interface ExplainWorld {
  /** Version of Donna. */
  readonly version: string;
  /** A document in a file, or at a URL that the user typed. */
  document(source: string): Promise<ApiDocument>;
  /** Those of the provider that a host belongs to; none of a host that is nobody's. */
  documentsOfHost(host: string): Promise<readonly ApiDocument[]>;
  /** Dated documents of a folder. */
  history(folder: string): Promise<DocumentHistory>;
  /** Sends both requests to a sandbox that nobody else uses. */
  replay(input: ReplayInput): Promise<Replay>;
  /** Asks the configured account's endpoint with an empty body, where that can call nobody. Sends nothing of the user's request. */
  probe(operation: OperationName): Promise<Probed>;
  close(): Promise<void>;
}

export interface OperationName {
  readonly method: string;
  /** As in the document. */
  readonly path: string;
}

export interface ReplayInput {
  readonly sent: SentRequest;
  readonly corrected: SentRequest;
  /** Of the corrected request. */
  readonly operation: OperationName;
  /** The document has no operation at the method and path that were sent. */
  readonly misdirected: boolean;
}

export type Replay =
  | { readonly kind: 'replayed'; readonly before: number; readonly after: number; readonly what: string }
  | NotDone;

export type Probed = { readonly kind: 'probed'; readonly status: number; readonly what: string } | NotDone;

interface NotDone {
  readonly kind: 'not-done';
  /** A sentence. */
  readonly why: string;
}
