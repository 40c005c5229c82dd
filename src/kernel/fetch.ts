/**
 * The `fetch`-shaped argument through which everything reaches the network. It is narrower than the global
 * fetch, so that node:http can stand behind it, and it says how far a failed request came: that decides
 * whether a dial may have happened.
 */
export interface FetchRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Milliseconds to connect (DNS, TCP and TLS). */
  readonly connectTimeoutMs?: number;
  /** Milliseconds from the first byte sent to the last byte of the reply. */
  readonly replyTimeoutMs?: number;
  readonly maxReplyBytes?: number;
  readonly signal?: AbortSignal;
  /**
   * Runs once the connection stands, as the last thing before the first byte: where a dial is committed. If it
   * throws, nothing is sent and its error comes out. A request with it never reuses a connection: a stale one
   * would turn a request that was never read into a reset after sending.
   */
  readonly beforeSend?: () => void | Promise<void>;
}

export interface FetchReply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export type Fetch = (request: FetchRequest) => Promise<FetchReply>;

/** How a request failed without a reply. `sent` is false only when it is certain that no byte left. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly kind:
    | 'dns'
    | 'refused'
    | 'connect-timeout'
    | 'tls'
    | 'reset'
    | 'timeout'
    | 'too-large'
    | 'aborted'
    | 'other';
  readonly sent: boolean;

  constructor(kind: TransportError['kind'], sent: boolean, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
    this.sent = sent;
  }
}
