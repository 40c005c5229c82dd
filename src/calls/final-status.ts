const finalStatuses: readonly string[] = ['completed', 'busy', 'failed', 'no-answer', 'canceled'];

/** Whether Twilio has closed a call that has this status. An unknown status is not taken for an end. */
export function isFinalCarrierStatus(status: string | undefined): boolean {
  return status !== undefined && finalStatuses.includes(status);
}
