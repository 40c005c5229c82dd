/** What an idempotency key stands for, for one API key. */
export type Reservation =
  /** Nobody used it: it is reserved now, for the time that a submission takes. */
  | { readonly kind: 'reserved' }
  /** The same request made this call. */
  | { readonly kind: 'replay'; readonly callId: string }
  /** Another request used the key. */
  | { readonly kind: 'other-request' }
  /** The same request is being worked on at this moment. */
  | { readonly kind: 'running' };

/** Keeps one intent to one call, whatever is sent twice. */
export interface IdempotencyKeys {
  /** `requestHash` is sha256 of the request. A reservation that nobody fulfilled or released lapses after 60 s. */
  reserve(request: { keyId: string; key: string; requestHash: string; nowMs: number }): Promise<Reservation>;
  /** The submission was refused: the key is free again. */
  release(keyId: string, key: string): Promise<void>;
}
