/** Whether a status is about rights, pace or the server itself, and says nothing of the values in a request. */
export function speaksOfOtherThings(status: number | undefined): boolean {
  return status !== undefined && (status === 401 || status === 403 || status === 429 || status >= 500);
}
