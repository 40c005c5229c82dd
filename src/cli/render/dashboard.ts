/** The page of a conversation in the ElevenLabs console. */
export function dashboardLink(conversationId: string): string {
  return `https://elevenlabs.io/app/conversational-ai/conversations/${encodeURIComponent(conversationId)}`;
}
