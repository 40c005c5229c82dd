import { AppError } from '../kernel/errors.ts';
import type { Settings } from './config.ts';
import { type Accounts, openAccounts } from './world.ts';

/** The account that a server serves. It never falls into the sandbox by itself: whoever runs a server means it. */
export async function openServeAccounts(settings: Settings, choice: { sandbox: boolean }): Promise<Accounts> {
  if (!choice.sandbox && !settings.ELEVENLABS_API_KEY) {
    throw new AppError('bad-config', 'ELEVENLABS_API_KEY is not set, so there is no account to call from.', {
      hint: 'Set it (donna init asks for it), or serve the sandbox, where nobody is called: donna serve --sandbox.',
    });
  }
  return openAccounts(settings, choice);
}
