import path from 'node:path';
import { type AttemptSource, createJournalAttempts, createReadLedger } from '../calls/ledger/index.ts';
import type { ReconcileWorld } from '../cli/commands/reconcile.ts';
import type { Service } from '../cli/service/service-api.ts';
import { type Clock, realClock } from '../kernel/clock.ts';
import { createElevenLabsClient } from '../providers/elevenlabs/client.ts';
import { createConversationPages } from '../providers/elevenlabs/conversation-pages.ts';
import { createVoiceProvider } from '../providers/elevenlabs/voice-provider.ts';
import { createCallPages } from '../providers/twilio/call-pages.ts';
import { createTwilioClient } from '../providers/twilio/client.ts';
import { createAttemptJournal } from '../store/attempt-journal.ts';
import { accountHash } from './account-hash.ts';
import type { Settings } from './config.ts';
import { createServedAttempts } from './served-attempts.ts';
import { type Accounts, createFetch } from './world.ts';

/**
 * The books that `donna reconcile` lays side by side: ElevenLabs', Twilio's, the journal of this machine, and the calls of a server where
 * one is found.
 */
export function createReconcileWorld(
  settings: Settings,
  accounts: Accounts,
  { server, clock = realClock }: { readonly server?: Service | undefined; readonly clock?: Clock } = {},
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
      attemptSource: joined(
        createJournalAttempts(journal, accountHash(accounts)),
        server && createServedAttempts(server.api),
      ),
      clock,
    }),
    async close() {
      fetch.close();
      await server?.close();
      await accounts.close();
    },
  };
}

function joined(own: AttemptSource, served: AttemptSource | undefined): AttemptSource {
  if (!served) return own;
  return {
    attempts: async (since) =>
      (await Promise.all([own.attempts(since), served.attempts(since)]))
        .flat()
        .toSorted((a, b) => Date.parse(a.dialing.at) - Date.parse(b.dialing.at)),
  };
}
