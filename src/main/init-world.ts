import { execFile } from 'node:child_process';
import path from 'node:path';
import type { InitWorld } from '../cli/commands/init/init-world.ts';
import { createEnvFile } from '../cli/env-file.ts';
import { createElevenLabsClient } from '../providers/elevenlabs/client.ts';
import { createVoiceProvider } from '../providers/elevenlabs/voice-provider.ts';
import { createTwilioClient } from '../providers/twilio/client.ts';
import { getAccount } from '../wire/twilio/account.ts';
import { namesInEnvironment, type Settings } from './config.ts';
import { createPrompter } from './prompter.ts';
import { createFetch } from './world.ts';

export function createInitWorld(
  settings: Settings,
  diagnose: () => Promise<void>,
  directory = process.cwd(),
): InitWorld {
  const fetch = createFetch(settings);
  const baseUrl = settings.ELEVENLABS_BASE_URL;
  const provider = (apiKey: string) =>
    createVoiceProvider(createElevenLabsClient(fetch, { baseUrl, apiKey }), baseUrl);
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken } = settings;
  return {
    prompter: createPrompter(),
    envFile: createEnvFile(path.join(directory, '.env')),
    current: {
      apiKey: settings.ELEVENLABS_API_KEY,
      twilio: accountSid && authToken ? { accountSid, authToken } : undefined,
    },
    inEnvironment: namesInEnvironment(),
    agents: (apiKey) => provider(apiKey).agents(),
    lines: (apiKey) => provider(apiKey).lines(),
    async twilioAccount(credentials) {
      const twilio = createTwilioClient(fetch, { baseUrl: settings.TWILIO_BASE_URL, ...credentials });
      const account = await twilio.send(getAccount);
      return {
        name: account.friendly_name ?? account.sid,
        status: account.status,
        type: account.type ?? undefined,
      };
    },
    git: gitState,
    diagnose,
    async close() {
      fetch.close();
    },
  };
}

/** Asked of git itself, which knows every .gitignore on the way; where there is no git there is no repository to fear for. */
function gitState(file: string): ReturnType<InitWorld['git']> {
  const arguments_ = ['check-ignore', '--quiet', '--', path.basename(file)];
  return new Promise((resolve) => {
    execFile('git', arguments_, { cwd: path.dirname(file), timeout: 5_000 }, (error) => {
      if (!error) resolve('ignored');
      else resolve(error.code === 1 ? 'not-ignored' : 'no-repository');
    });
  });
}
