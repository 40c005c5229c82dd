import type { LiveWord } from '../endpoint-verdict.ts';
import type { Answer } from './check.ts';
import { meaningOf } from './read-answer.ts';

/** What an answer says of the endpoint that was asked, whatever it says of the request. */
export function liveWord(answer: Answer): LiveWord {
  switch (meaningOf(answer).kind) {
    case 'no-such-path':
      return 'no-such-path';
    case 'wrong-method':
      return 'wrong-method';
    case 'missing-right':
    case 'forbidden':
    case 'bad-key':
    case 'no-key':
      return 'no-permission';
    case 'fine':
    case 'invalid':
    case 'no-such-resource':
      return 'exists';
    default:
      return 'unknown';
  }
}
