import path from 'node:path';
import { createJournalAttempts, createReadLedger } from '../calls/ledger/index.ts';
import type { ReconcileWorld } from '../cli/commands/reconcile.ts';
import { type Clock, realClock } from '../kernel/clock.ts';
import { createElevenLabsClient } from '../providers/elevenlabs/client.ts';
import { createConversationPages } from '../providers/elevenlabs/conversation-pages.ts';
import { createVoiceProvider } from '../providers/elevenlabs/voice-provider.ts';
import { createCallPages } from '../providers/twilio/call-pages.ts';
import { createTwilioClient } from '../providers/twilio/client.ts';
import { createAttemptJournal } from '../store/attempt-journal.ts';
import { accountHash } from './account-hash.ts';
import type { Settings } from './config.ts';
import { type Accounts, createFetch } from './world.ts';

/** The three books that `donna reconcile` lays side by side: ElevenLabs', Twilio's, and the journal of this machine. */
export function createReconcileWorld(
  settings: Settings,
  accounts: Accounts,
  clock: Clock = realClock,
): ReconcileWorld {
  const fetch = createFetch(settings);
  const client = createElevenLabsClient(fetch, accounts.elevenlabs);
  const provider = createVoiceProvider(client, accounts.elevenlabs.baseUrl);
  const journalFile = accounts.sandbox ? 'sandbox-attempts.ndjson' : 'attempts.ndjson';
  const journal = createAttemptJournal(path.join(settings.DONNA_DATA_DIR, journalFile));
  return {
    sandbox: accounts.sandbox,
    clock,
    lines: () => provider.lines(),
    readLedger: createReadLedger({
      provider,
      conversationPages: createConversationPages(client),
      carrierPages: accounts.twilio && createCallPages(createTwilioClient(fetch, accounts.twilio)),
      attemptSource: createJournalAttempts(journal, accountHash(accounts)),
      clock,
    }),
    async close() {
      fetch.close();
      await accounts.close();
    },
  };
}
