import type { SubmitResult } from '../../calls/index.ts';
import type { AppError } from '../../kernel/errors.ts';

/**
 * What the agent reads. `say` can be said on the phone as it is: it names no number, and of a third person nothing that is not for
 * everybody's ears.
 */
export interface ContactAnswer {
  readonly status: 'scheduled' | 'refused';
  readonly callId: string | null;
  readonly say: string;
}

export function sayResult(result: SubmitResult): ContactAnswer {
  switch (result.kind) {
    case 'submitted': {
      const { callId, result: outcome } = result.call.life;
      if (outcome) return { status: 'scheduled', callId, say: 'That call was made already.' };
      if (result.replayed) return { status: 'scheduled', callId, say: 'That call is scheduled already.' };
      return {
        status: 'scheduled',
        callId,
        say: 'The call is scheduled, and goes out as soon as calling hours allow it.',
      };
    }
    case 'key-conflict':
      return refused('That call was asked for already in this conversation; nothing more is needed.');
    case 'running':
      return refused('The same request is being worked on at this moment; ask again in a few seconds.');
    case 'refused':
      return refused(sentences[result.refusal.code]);
  }
}

/** By what refused it; the details are in the log, for the operator. */
const sentences = {
  guard: 'Calls to that number are not allowed here, so it was not scheduled.',
  gate: 'That number is not to be called, so it was not scheduled.',
  preflight: 'The call would not have worked as it is set up, so it was not scheduled.',
} as const;

export function sayFault(say: string): ContactAnswer {
  return refused(say);
}

export function sayError(error: AppError): ContactAnswer {
  if (error.code === 'bad-input' || error.code === 'not-found')
    return refused('The call was not scheduled, because the request is not right.');
  return refused(
    error.retryable
      ? 'The call could not be scheduled just now; ask again in a minute.'
      : 'The call could not be scheduled.',
  );
}

function refused(say: string): ContactAnswer {
  return { status: 'refused', callId: null, say };
}
