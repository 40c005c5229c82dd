import path from 'node:path';
import { realClock } from '../kernel/clock.ts';
import { realRandomBytes } from '../kernel/ids.ts';
import { createSandbox, createStateFile, demo } from '../sandbox/index.ts';
import type { Settings } from './config.ts';
import { type Accounts, createFetch } from './world.ts';

/** The sandbox inside this process, on a free loopback port, with its state in `<data>/sandbox.json`. */
export async function openSandboxAccounts(settings: Settings): Promise<Accounts> {
  const fetch = createFetch(settings);
  const sandbox = await createSandbox({
    clock: realClock,
    randomBytes: realRandomBytes,
    fetch,
    store: createStateFile(path.join(settings.DONNA_DATA_DIR, 'sandbox.json')),
  });
  const listening = await sandbox.listen(0);
  return {
    sandbox: true,
    elevenlabs: { baseUrl: listening.url, apiKey: demo.apiKey },
    twilio: { baseUrl: listening.url, accountSid: demo.twilioSid, authToken: demo.twilioToken },
    agentId: demo.agentId,
    from: demo.twilioLineId,
    async close() {
      fetch.close();
      await listening.close();
    },
  };
}
