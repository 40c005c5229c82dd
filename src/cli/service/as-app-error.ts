import { ApiError } from '../../client/index.ts';
import type { ErrorCode } from '../../kernel/error-codes.ts';
import { errorCodes } from '../../kernel/error-codes.ts';
import { AppError } from '../../kernel/errors.ts';
import { readFailureExplanation } from '../render/failure-explanation.ts';

/** What a refusal of the server means at a terminal; codes that errors of Donna share keep theirs. */
const codes: Readonly<Partial<Record<ApiError['code'], ErrorCode>>> = {
  unauthenticated: 'bad-config',
  forbidden: 'bad-config',
  'wrong-host': 'bad-config',
  'wrong-origin': 'bad-config',
  'idempotency-mismatch': 'bad-input',
  'too-large': 'bad-input',
  unreachable: 'provider-unreachable',
  unreadable: 'provider-reply',
  internal: 'provider-refused',
  'not-ready': 'provider-unreachable',
};

const again = ['too-many-requests', 'still-running', 'not-ready', 'unreachable'];

/** What the server refused, for the door of the CLI. Anything else that was thrown stays what it is. */
export function asAppError(error: unknown): unknown {
  if (!(error instanceof ApiError)) return error;
  const { code, errors, hint, requestId, retryAfterSecs } = error;
  const faults = errors.map(({ pointer, parameter, detail }) => `${pointer ?? parameter ?? ''}: ${detail}`);
  const wait = retryAfterSecs === undefined ? undefined : `Try again in ${retryAfterSecs} s.`;
  const log = requestId && code === 'internal' ? `The server’s log has it as ${requestId}.` : undefined;
  return new AppError(
    codes[code] ?? ownCode(code) ?? 'not-possible',
    faults.length > 0 ? `The server refused: ${faults.join(' · ')}` : error.message,
    {
      hint: hint ?? log ?? wait,
      retryable: again.includes(code),
      explanation: readFailureExplanation(error.explanation),
      cause: error,
    },
  );
}

function ownCode(code: string): ErrorCode | undefined {
  return code in errorCodes ? (code as ErrorCode) : undefined;
}
