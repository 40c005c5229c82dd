import { AppError } from '../../../kernel/errors.ts';

/** The person left a question with Ctrl-C. */
export function givenUp(): never {
  throw new AppError('bad-input', 'Given up: nothing was written.');
}
