/** `metadata.error` of a conversation. `error_type` is seen in live answers only. */
export interface ConversationFault {
  readonly code: number;
  readonly reason: string;
  readonly error_type?: string;
}
