/** A refusal in the form of the API (RFC 9457), with no more than the sender needs. */
export function refusal(
  status: number,
  title: string,
  facts: { detail?: string; retryAfterSecs?: number } = {},
) {
  const { detail, retryAfterSecs } = facts;
  return new Response(JSON.stringify({ type: 'about:blank', title, status, ...(detail ? { detail } : {}) }), {
    status,
    headers: {
      'content-type': 'application/problem+json',
      ...(retryAfterSecs === undefined ? {} : { 'retry-after': String(retryAfterSecs) }),
    },
  });
}
