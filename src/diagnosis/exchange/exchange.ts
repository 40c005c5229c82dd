/** One HTTP request as it was sent. What is not known is `undefined`, and nothing is concluded from it. */
export interface SentRequest {
  /** In capitals. */
  readonly method: string;
  /** `https` where the source does not say it. */
  readonly scheme: 'http' | 'https';
  /** With its port where it is not the scheme's own; lower case. Empty: only a path was given. */
  readonly host: string;
  /** As on the wire: with its percent-encoding and the base path, without the query. Begins with a slash. */
  readonly path: string;
  /** Decoded, in their order. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** `undefined`: not known, as in a log line. An empty list: there were none. Names as they were written. */
  readonly headers: readonly (readonly [name: string, value: string])[] | undefined;
  /** Of the body, without parameters such as charset, lower case. */
  readonly contentType: string | undefined;
  readonly body: SentBody;
}

export type SentBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly value: unknown }
  /** A field that came several times has a list. A file is `{ file: name }`. */
  | {
      readonly kind: 'form';
      readonly encoding: 'urlencoded' | 'multipart';
      readonly value: Readonly<Record<string, unknown>>;
    }
  /** Text that is no JSON although it may claim so, with what is wrong with it. */
  | { readonly kind: 'text'; readonly text: string; readonly problem?: string }
  /** There was one, and it is not here: a file that cannot be read from here, bytes. */
  | { readonly kind: 'unread'; readonly why: string };

/** What came back, as far as it is known. */
export interface ReceivedReply {
  readonly status: number | undefined;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** Parsed where it is JSON, else its text; `undefined` where it is not known. */
  readonly body?: unknown;
}

export interface Exchange {
  readonly request: SentRequest;
  readonly reply?: ReceivedReply;
}
