import { readErrorBody } from './read-error-body.ts';
import type { Rule } from './rule.ts';
import { told } from './told.ts';

/** 5xx: the provider failed, and the shape of the request is not what did it. */
export const serverError: Rule = {
  name: 'server-error',
  title: 'The provider failed',
  *find(context) {
    const { request, reply } = context;
    const status = reply?.status;
    if (status === undefined || status < 500 || status > 599) return;
    const said = readErrorBody(reply?.body).message;
    const safe = ['GET', 'HEAD', 'OPTIONS'].includes(request.method);
    yield told(
      'server-error',
      { match: undefined },
      {
        severity: 'note',
        where: { part: 'reply' },
        message: sentence(status),
        evidence: [{ source: 'reply', text: said ?? `The status is ${status}.` }],
        fix: safe
          ? 'Send the request again after a pause.'
          : `Look whether it had an effect before you send it again: a ${request.method} may have been done.`,
        sure: status === 501 ? 0.6 : 0.85,
      },
    );
  },
};

function sentence(status: number): string {
  if (status === 501) return 'The provider does not implement this (501).';
  if (status === 503)
    return 'The provider was not available for a while (503); the request is not the cause.';
  if (status === 502 || status === 504)
    return `A gateway got no answer from the provider behind it (${status}); the request is not the cause.`;
  return `The provider failed inside (${status}); no shape of a request should bring that about.`;
}
