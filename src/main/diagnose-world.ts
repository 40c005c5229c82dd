import packageJson from '../../package.json' with { type: 'json' };
import type { DiagnoseWorld } from '../cli/commands/diagnose.ts';
import type { DoctorSettings } from '../diagnosis/index.ts';
import { realClock } from '../kernel/clock.ts';
import { createProbe } from '../providers/probe.ts';
import type { Settings } from './config.ts';
import { createFetch, wantsSandbox } from './world.ts';

/**
 * The world of `donna diagnose`. Unlike a call it takes a half-configured account as it is: what is missing is what the
 * checks are there to find.
 */
export async function createDiagnoseWorld(
  settings: Settings,
  choice: { sandbox: boolean },
): Promise<DiagnoseWorld> {
  const fetch = createFetch(settings);
  const versions = {
    donna: packageJson.version,
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
  };
  const open = async (): Promise<{ doctor: DoctorSettings; close: () => Promise<void> }> => {
    if (!wantsSandbox(settings, choice)) return { doctor: configured(settings), close: async () => {} };
    const { openSandboxAccounts } = await import('./sandbox-accounts.ts');
    const accounts = await openSandboxAccounts(settings);
    const doctor = {
      elevenlabs: {
        ...accounts.elevenlabs,
        ...(accounts.agentId ? { agentId: accounts.agentId } : {}),
        ...(accounts.from ? { lineId: accounts.from } : {}),
      },
      ...(accounts.twilio ? { twilio: accounts.twilio } : {}),
      webhookSecretSet: settings.ELEVENLABS_WEBHOOK_SECRET !== undefined,
    };
    return { doctor, close: accounts.close };
  };
  const { doctor, close } = await open();
  const { twilio } = doctor;
  return {
    input: {
      probe: createProbe(fetch, realClock, {
        elevenlabs: doctor.elevenlabs,
        twilio:
          twilio?.accountSid && twilio.authToken
            ? { baseUrl: twilio.baseUrl, accountSid: twilio.accountSid, authToken: twilio.authToken }
            : undefined,
      }),
      clock: realClock,
      settings: doctor,
      sandbox: wantsSandbox(settings, choice),
      versions,
    },
    async close() {
      fetch.close();
      await close();
    },
  };
}

function configured(settings: Settings): DoctorSettings {
  const {
    ELEVENLABS_API_KEY,
    ELEVENLABS_AGENT_ID,
    ELEVENLABS_PHONE_NUMBER_ID,
    TWILIO_ACCOUNT_SID,
    TWILIO_AUTH_TOKEN,
  } = settings;
  return {
    elevenlabs: {
      baseUrl: settings.ELEVENLABS_BASE_URL,
      ...(ELEVENLABS_API_KEY ? { apiKey: ELEVENLABS_API_KEY } : {}),
      ...(ELEVENLABS_AGENT_ID ? { agentId: ELEVENLABS_AGENT_ID } : {}),
      ...(ELEVENLABS_PHONE_NUMBER_ID ? { lineId: ELEVENLABS_PHONE_NUMBER_ID } : {}),
    },
    ...(TWILIO_ACCOUNT_SID || TWILIO_AUTH_TOKEN
      ? {
          twilio: {
            baseUrl: settings.TWILIO_BASE_URL,
            ...(TWILIO_ACCOUNT_SID ? { accountSid: TWILIO_ACCOUNT_SID } : {}),
            ...(TWILIO_AUTH_TOKEN ? { authToken: TWILIO_AUTH_TOKEN } : {}),
          },
        }
      : {}),
    webhookSecretSet: settings.ELEVENLABS_WEBHOOK_SECRET !== undefined,
  };
}
