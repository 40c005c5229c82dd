import { AppError } from '../../kernel/errors.ts';

/** What is said of a document that is not read at all: `name` and what is wrong with it make the sentence. */
export function refused(name: string, why: string, hint: string): AppError {
  return new AppError('bad-input', `${name} ${why}.`, { hint });
}
