import path from 'node:path';
import { createFollowCall, createPlaceCall, reconcileOpen } from '../calls/index.ts';
import type { CallWorld } from '../cli/commands/call.ts';
import { type Clock, realClock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { createIds, realRandomBytes } from '../kernel/ids.ts';
import { createElevenLabsClient } from '../providers/elevenlabs/client.ts';
import { createMonitor } from '../providers/elevenlabs/monitor.ts';
import { createVoiceProvider } from '../providers/elevenlabs/voice-provider.ts';
import { createNodeFetch } from '../providers/node-fetch.ts';
import { createCarrierRecords } from '../providers/twilio/carrier-records.ts';
import { createTwilioClient } from '../providers/twilio/client.ts';
import { createAttemptJournal } from '../store/attempt-journal.ts';
import { accountHash } from './account-hash.ts';
import type { Settings } from './config.ts';
import { createExplainFailure } from './explain-failure.ts';

/** Where the providers are and with which credentials: the real ones, or those of the sandbox in this process. */
export interface Accounts {
  readonly sandbox: boolean;
  readonly elevenlabs: { readonly baseUrl: string; readonly apiKey: string };
  readonly twilio:
    | { readonly baseUrl: string; readonly accountSid: string; readonly authToken: string }
    | undefined;
  readonly agentId: string | undefined;
  readonly from: string | undefined;
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 10_000;

export function createFetch(settings: Settings) {
  return createNodeFetch({ connectTimeoutMs: CONNECT_TIMEOUT_MS, replyTimeoutMs: settings.DONNA_TIMEOUT_MS });
}

/** The sandbox was asked for, or nothing of a provider is configured. */
export function wantsSandbox(settings: Settings, choice: { sandbox: boolean }): boolean {
  return choice.sandbox || (!settings.ELEVENLABS_API_KEY && !settings.providerConfigured);
}

/**
 * Chooses the world: the sandbox when it is asked for, or when nothing of a provider is configured. A half-configured account is an
 * error, since whoever set a variable did not mean to play.
 */
export async function openAccounts(settings: Settings, choice: { sandbox: boolean }): Promise<Accounts> {
  if (wantsSandbox(settings, choice)) {
    const { openSandboxAccounts } = await import('./sandbox-accounts.ts');
    return openSandboxAccounts(settings);
  }
  if (!settings.ELEVENLABS_API_KEY) {
    throw new AppError(
      'bad-config',
      'ELEVENLABS_API_KEY is not set, but other settings of the providers are.',
      {
        hint: 'Set the key (environment or .env; donna init asks for it), or add --sandbox to call nobody.',
      },
    );
  }
  if (Boolean(settings.TWILIO_ACCOUNT_SID) !== Boolean(settings.TWILIO_AUTH_TOKEN)) {
    const [has, lacks] = settings.TWILIO_ACCOUNT_SID
      ? ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN']
      : ['TWILIO_AUTH_TOKEN', 'TWILIO_ACCOUNT_SID'];
    throw new AppError('bad-config', `${has} is set and ${lacks} is not.`, {
      hint: 'Set both, or neither: they are optional.',
    });
  }
  return {
    sandbox: false,
    elevenlabs: { baseUrl: settings.ELEVENLABS_BASE_URL, apiKey: settings.ELEVENLABS_API_KEY },
    twilio:
      settings.TWILIO_ACCOUNT_SID && settings.TWILIO_AUTH_TOKEN
        ? {
            baseUrl: settings.TWILIO_BASE_URL,
            accountSid: settings.TWILIO_ACCOUNT_SID,
            authToken: settings.TWILIO_AUTH_TOKEN,
          }
        : undefined,
    agentId: settings.ELEVENLABS_AGENT_ID,
    from: settings.ELEVENLABS_PHONE_NUMBER_ID,
    close: async () => {},
  };
}

/** The providers of an account, over one set of connections. */
export function openProviders(settings: Settings, accounts: Accounts, clock: Clock) {
  const fetch = createFetch(settings);
  const client = createElevenLabsClient(fetch, accounts.elevenlabs);
  const twilio = accounts.twilio && createTwilioClient(fetch, accounts.twilio);
  return {
    fetch,
    client,
    twilio,
    provider: createVoiceProvider(client, accounts.elevenlabs.baseUrl),
    carrier: twilio && createCarrierRecords(twilio),
    monitor: createMonitor(accounts.elevenlabs, clock),
  };
}

/** Joins the calls floor with the providers, the journal and the clock: the world of `donna call` and `donna calls`. */
export function createCallWorld(settings: Settings, accounts: Accounts, clock: Clock = realClock) {
  const { fetch, client, provider, carrier, monitor } = openProviders(settings, accounts, clock);
  // The pretended calls have a journal of their own: an attempt there says nothing about a real phone.
  const journalFile = accounts.sandbox ? 'sandbox-attempts.ndjson' : 'attempts.ndjson';
  const account = accountHash(accounts);
  const journal = createAttemptJournal(path.join(settings.DONNA_DATA_DIR, journalFile));
  return {
    sandbox: accounts.sandbox,
    defaults: { agentId: accounts.agentId, from: accounts.from },
    client,
    provider,
    carrier,
    journal,
    clock,
    monitor,
    explainFailure: createExplainFailure({ directory: settings.DONNA_DATA_DIR }),
    placeCall: createPlaceCall({
      provider,
      carrier,
      journal,
      clock,
      newId: createIds(clock, realRandomBytes),
      account,
      guard: { countries: settings.DONNA_COUNTRIES, blocked: settings.DONNA_BLOCKED },
    }),
    followCall: createFollowCall({ provider, carrier, journal, clock }),
    reconcileOpen: () => reconcileOpen({ provider, carrier, journal, clock, account }),
    async close() {
      fetch.close();
      await accounts.close();
    },
  } satisfies CallWorld & Record<string, unknown>;
}
