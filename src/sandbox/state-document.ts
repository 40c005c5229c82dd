import { AppError } from '../kernel/errors.ts';
import { type SandboxState, sandboxState } from './state.ts';

/**
 * Reads a state that somebody wrote or saved. Throws AppError `bad-input`, naming the place of the first mistake.
 */
export function readStateDocument(json: unknown): SandboxState {
  const parsed = sandboxState.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue?.path.length ? issue.path.map(String).join('.') : 'the top level';
  const keys = issue?.code === 'unrecognized_keys' ? ` (${issue.keys.join(', ')})` : '';
  throw new AppError(
    'bad-input',
    `The sandbox state is wrong at ${place}: ${issue?.message ?? 'not readable'}${keys}`,
    {
      hint: 'Start from the demo account: `donna sandbox` writes one to sandbox.json in the data directory.',
    },
  );
}
