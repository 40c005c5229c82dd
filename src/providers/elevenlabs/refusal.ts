import { AppError } from '../../kernel/errors.ts';
import { type ErrorBody, readErrorBody } from '../../wire/elevenlabs/error.ts';
import type { RawReply } from '../send-operation.ts';

/** What an answer that is not 2xx means, and the next step. */
export function elevenLabsRefusal(reply: RawReply): AppError {
  const { status } = reply;
  const error = readErrorBody(reply.exchange.body);
  const [sentence, hint] = explain(status, error);
  const { method, path, requestId } = reply.exchange;
  const said = error.message ? `: ${error.message.replace(/[.\s]+$/, '')}` : '';
  const id = requestId ? ` (request ${requestId})` : '';
  return new AppError(
    'provider-refused',
    `${sentence} ${method} ${path.split('?')[0]} answered ${status}${said}${id}.`,
    {
      hint,
      // A page of something in between may be gone the next moment.
      retryable: error.shape === 'foreign' || status === 408 || status === 429 || status >= 500,
      exchange: reply.exchange,
    },
  );
}

function explain(status: number, error: ErrorBody): [sentence: string, hint: string] {
  const word = error.status ?? error.code ?? '';
  if (error.shape === 'foreign') {
    return [
      'Something between here and ElevenLabs answered, or the base URL is not ElevenLabs.',
      'Check ELEVENLABS_BASE_URL and any proxy: donna diagnose --only reachability.',
    ];
  }
  if (status === 401 && word === 'missing_permissions') {
    return [
      'The API key lacks a right that this needs.',
      'Give the key the named permission (ElevenLabs console, API keys); other calls may work as they are.',
    ];
  }
  if (status === 401) {
    return [
      'ElevenLabs does not accept the API key.',
      'Check ELEVENLABS_API_KEY; a key belongs to one region, so check ELEVENLABS_BASE_URL too.',
    ];
  }
  if (status === 402 || word === 'quota_exceeded') {
    return ['The account has too few credits.', 'Add credits or raise the plan: donna diagnose --only plan.'];
  }
  if (status === 403)
    return ['The account or its plan does not allow this.', 'Compare the plan with what was asked.'];
  if (status === 404 && error.shape === 'text') {
    return ['There is no such endpoint.', 'Check ELEVENLABS_BASE_URL (without a path): donna diagnose.'];
  }
  if (status === 404)
    return [
      'There is no such resource in this account.',
      'List what exists: donna agents list, donna lines list.',
    ];
  if (status === 405) return ['The endpoint exists, with another method.', 'Run donna diagnose.'];
  if (status === 400 && word === 'invalid_provider_config') {
    return [
      'The line belongs to another provider than this endpoint serves.',
      'Donna chooses the endpoint from the line’s provider; see it with donna lines list.',
    ];
  }
  if (status === 422 || status === 400)
    return [
      'ElevenLabs does not accept the request.',
      'Compare the field that it names with docs/guide/outbound-calls.md.',
    ];
  if (status === 429) {
    return [
      isConcurrency(error)
        ? 'The account has as many calls at once as its plan allows.'
        : 'ElevenLabs asks to slow down.',
      'Wait for running calls to end, then try again.',
    ];
  }
  if (status >= 500) return ['ElevenLabs failed.', 'Try again in a minute; see status.elevenlabs.io.'];
  return ['ElevenLabs refused.', 'Run donna diagnose.'];
}

/** Whether a 429 says that too many calls run at once, and not that requests come too fast. */
export function isCapacity(body: unknown): boolean {
  return isConcurrency(readErrorBody(body));
}

function isConcurrency({ status, code }: ErrorBody): boolean {
  return /concurren/.test(`${status ?? ''} ${code ?? ''}`);
}
