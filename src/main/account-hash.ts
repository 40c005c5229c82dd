import { createHash } from 'node:crypto';
import type { Accounts } from './world.ts';

/** A hash of the account by which the journal tells its attempts from another account's. The pretended one is one account. */
export function accountHash({ sandbox, elevenlabs }: Pick<Accounts, 'sandbox' | 'elevenlabs'>): string {
  return createHash('sha256')
    .update(`${sandbox ? 'sandbox' : elevenlabs.baseUrl} ${elevenlabs.apiKey}`)
    .digest('hex')
    .slice(0, 16);
}
