import type { SentRequest } from '../exchange/exchange.ts';
import type { SourceText, SourceValue, Span } from './source-value.ts';

export type SourceLanguage = 'javascript' | 'python' | 'shell';

/** An HTTP call as the source writes it. */
export interface FoundCall {
  readonly language: SourceLanguage;
  /** As it is called: `fetch`, `axios.post`, `requests.post`. */
  readonly via: string;
  readonly span: Span;
  readonly method: { readonly name: string; readonly span: Span | undefined };
  /** With the base URL of its client in front. */
  readonly url: SourceText;
  readonly query: SourceValue | undefined;
  readonly headers: SourceValue | undefined;
  /** More headers than `headers` may be sent. */
  readonly moreHeaders: boolean;
  readonly body: FoundBody | undefined;
  /** What the library sends of itself when no header says otherwise. */
  readonly contentType: string | undefined;
  /** Definitions that other places of the file use as well: nothing in them is changed for the sake of one call. */
  readonly shared: readonly Span[];
}

export interface FoundBody {
  /** How it travels; `text`: as the source gives it. */
  readonly as: 'json' | 'form' | 'text';
  readonly value: SourceValue;
}

/** A curl command, read by the reader for curl. */
export interface FoundCommand {
  readonly language: 'shell';
  readonly via: 'curl';
  readonly span: Span;
  readonly request: SentRequest;
}

/** A call that cannot be told from its source. */
export interface UnreadCall {
  readonly via: string;
  readonly span: Span;
  readonly why: string;
  /** Of its URL, where that much is known: a call to another host is nobody's business here. */
  readonly host: string | undefined;
}

export interface Reading {
  readonly calls: readonly (FoundCall | FoundCommand)[];
  readonly unread: readonly UnreadCall[];
}
