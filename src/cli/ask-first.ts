import { AppError } from '../kernel/errors.ts';
import type { Cli } from './cli.ts';

/**
 * Asks before something that is hard to undo; `--yes` answers it. Throws `bad-input` when the answer is no, and where nobody can be asked:
 * a program that wants JSON is not asked anything.
 */
export async function askFirst(
  cli: Cli,
  question: string,
  options: { readonly yes?: boolean; readonly json?: boolean },
): Promise<void> {
  if (options.yes) return;
  if (!cli.interactive || options.json) {
    throw new AppError('bad-input', 'Nothing was changed: nobody can be asked here.', {
      hint: 'Add --yes when this is what you want.',
    });
  }
  if ((await cli.confirm(question)) !== true) throw new AppError('bad-input', 'Nothing was changed.');
}
