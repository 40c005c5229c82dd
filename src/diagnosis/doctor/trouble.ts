import type { Answer, CheckResult } from './check.ts';
import type { ProbeRequest } from './probe.ts';
import { meaningOf, seen } from './read-answer.ts';

/** What to say where a read that a check needs did not work out. `what` is what was to be read: `the agents`. */
export function trouble(request: ProbeRequest, answer: Answer, what: string): CheckResult {
  const meaning = meaningOf(answer);
  const evidence = [seen(request, answer)];
  const failed = (summary: string, fix: string): CheckResult => ({
    status: 'failed',
    summary,
    evidence,
    fix,
  });
  switch (meaning.kind) {
    case 'missing-right':
      return failed(
        `the key has no right ${meaning.right}, so ${what} cannot be read`,
        `Give the key the right ${meaning.right} (elevenlabs.io, Developers, API keys), or make one without restrictions.`,
      );
    case 'bad-key':
    case 'no-key':
      return failed(`the key is refused for ${what}`, 'See the check key.');
    case 'forbidden':
      return failed(
        `the key may not read ${what}`,
        'Ask the owner of the workspace for access, or use a key of that workspace.',
      );
    case 'rate-limited':
      return {
        status: 'warning',
        summary: `the provider is limiting requests, so ${what} cannot be read now`,
        evidence,
        fix: 'Wait a minute and diagnose again.',
      };
    case 'provider-error':
      return failed(
        `the provider failed when asked for ${what}`,
        'Try again later; see status.elevenlabs.io. Give the request id to their support.',
      );
    case 'unreachable':
      return failed(`no answer when asked for ${what}`, 'Check the connection and diagnose again.');
    default:
      return failed(
        `${what} cannot be read`,
        'The base URL may lead to something else than ElevenLabs; see the check document for changes of the API.',
      );
  }
}

/** For a 2xx whose body is not what the document describes. */
export function unreadable(request: ProbeRequest, answer: Answer, what: string, why: string): CheckResult {
  return {
    status: 'failed',
    summary: `${what} came in a form that the document does not describe (${why})`,
    evidence: [seen(request, answer)],
    fix: 'See the check document for changes of the API, and update Donna.',
  };
}
