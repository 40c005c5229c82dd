import type { LinesWorld } from '../cli/commands/lines/lines-world.ts';
import { createElevenLabsClient } from '../providers/elevenlabs/client.ts';
import { createVoiceProvider } from '../providers/elevenlabs/voice-provider.ts';
import { createTwilioClient } from '../providers/twilio/client.ts';
import { importPhoneNumber } from '../wire/elevenlabs/phone-number.ts';
import { listIncomingNumbers } from '../wire/twilio/incoming-number.ts';
import type { Settings } from './config.ts';
import { createPrompter } from './prompter.ts';
import { type Accounts, createFetch } from './world.ts';

export function createLinesWorld(settings: Settings, accounts: Accounts): LinesWorld {
  const fetch = createFetch(settings);
  const client = createElevenLabsClient(fetch, accounts.elevenlabs);
  return {
    sandbox: accounts.sandbox,
    provider: createVoiceProvider(client, accounts.elevenlabs.baseUrl),
    defaults: { from: accounts.from },
    twilio: accounts.twilio,
    sipPassword: settings.DONNA_SIP_PASSWORD,
    prompter: createPrompter(),
    async ownedNumber(credentials, number) {
      const baseUrl = accounts.twilio?.baseUrl ?? settings.TWILIO_BASE_URL;
      const twilio = createTwilioClient(fetch, { baseUrl, ...credentials });
      const page = await twilio.send(listIncomingNumbers, { query: { PhoneNumber: number } });
      // Twilio finds parts of numbers too.
      return page.incoming_phone_numbers.find((one) => one.phone_number === number);
    },
    importLine: async (body) => (await client.send(importPhoneNumber, { body })).phone_number_id,
    async close() {
      fetch.close();
      await accounts.close();
    },
  };
}
