import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseEnv } from 'node:util';
import * as z from 'zod';
import { AppError } from '../kernel/errors.ts';
import { nearest } from '../kernel/nearest.ts';
import { keysSentElsewhere } from './keys-sent-elsewhere.ts';
import { serviceSettings } from './service-settings.ts';
import { countries, numbers, oneLine, url, wholeNumber } from './setting-kinds.ts';

/** Every setting, by its name in the environment and in `.env`. docs/configuration.md is generated from this. */
export const settingsSchema = z.object({
  ELEVENLABS_API_KEY: oneLine
    .optional()
    .describe('The key of the ElevenLabs account. Without it, Donna calls in the sandbox.'),
  ELEVENLABS_BASE_URL: url
    .default('https://api.elevenlabs.io')
    .describe('Where ElevenLabs is; another region, or a sandbox.'),
  ELEVENLABS_AGENT_ID: oneLine.optional().describe('The agent that speaks, unless --agent says otherwise.'),
  ELEVENLABS_PHONE_NUMBER_ID: oneLine
    .optional()
    .describe('The line to call from: phnum_… or its number, unless --from says otherwise.'),
  ELEVENLABS_WEBHOOK_SECRET: oneLine.optional().describe('The secret that signs the webhooks of ElevenLabs.'),
  TWILIO_ACCOUNT_SID: z
    .string()
    .regex(/^AC[0-9a-fA-F]{32}$/, 'AC and 32 hexadecimal digits')
    .optional()
    .describe(
      'The Twilio account behind the line: with it ringing, answering and the carrier’s outcome are known.',
    ),
  TWILIO_AUTH_TOKEN: oneLine.optional().describe('The token of that account.'),
  TWILIO_BASE_URL: url
    .default('https://api.twilio.com')
    .describe('Where Twilio is; another region, or a sandbox.'),
  DONNA_SIP_PASSWORD: z
    .string()
    .min(1)
    .optional()
    .describe('The password of a SIP trunk, for donna lines import.'),
  DONNA_DATA_DIR: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Where Donna keeps the journal of attempts, the sandbox, the embedded database and documents that were fetched; $XDG_DATA_HOME/donna unless given.',
    ),
  DONNA_TIMEOUT_MS: wholeNumber(100, 600_000, ' of milliseconds')
    .default(30_000)
    .describe('How long to wait for a reply, in milliseconds. Connecting has 10 s.'),
  DONNA_COUNTRIES: countries
    .optional()
    .describe('Countries that may be called, such as US,CA; the line’s own country unless given.'),
  DONNA_BLOCKED: numbers.default([]).describe('Numbers that are never called, separated by commas.'),
  ...serviceSettings,
});

export type Settings = Omit<z.output<typeof settingsSchema>, 'DONNA_DATA_DIR'> & {
  readonly DONNA_DATA_DIR: string;
  /** Some setting of a provider is there: then a missing key is a slip, and not a wish for the sandbox. */
  readonly providerConfigured: boolean;
};

/** Names that people write instead, and the one that is meant. */
const otherNames: Readonly<Record<string, keyof typeof settingsSchema.shape>> = {
  XI_API_KEY: 'ELEVENLABS_API_KEY',
  ELEVEN_API_KEY: 'ELEVENLABS_API_KEY',
  ELEVENLABS_KEY: 'ELEVENLABS_API_KEY',
  ELEVENLABS_URL: 'ELEVENLABS_BASE_URL',
  AGENT_ID: 'ELEVENLABS_AGENT_ID',
  PHONE_NUMBER_ID: 'ELEVENLABS_PHONE_NUMBER_ID',
  AGENT_PHONE_NUMBER_ID: 'ELEVENLABS_PHONE_NUMBER_ID',
  ELEVENLABS_PHONE_ID: 'ELEVENLABS_PHONE_NUMBER_ID',
  TWILIO_SID: 'TWILIO_ACCOUNT_SID',
  TWILIO_TOKEN: 'TWILIO_AUTH_TOKEN',
  DONNA_TIMEOUT: 'DONNA_TIMEOUT_MS',
};

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings: environment over `.env` of the working directory (flags go over both, in the commands). Empty values count as
 * unset. Throws `bad-config` naming each wrong setting, what was expected, and near misses of names; and for an address in `.env` that would get a key of
 * the environment.
 */
export function readSettings(
  environment: Environment = process.env,
  directory = process.cwd(),
): { settings: Settings; warnings: string[] } {
  const fromFile = readEnvFile(path.join(directory, '.env'));
  const given: Record<string, string> = {};
  const fromDotEnv = new Set<string>();
  for (const [name, value] of Object.entries({ ...fromFile, ...setOnly(environment) })) {
    if (value.trim() === '') continue;
    given[name] = value.trim();
    if (!environment[name]?.trim() && fromFile[name]) fromDotEnv.add(name);
  }
  const parsed = settingsSchema.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      return `${name}${fromDotEnv.has(name) ? ' (in .env)' : ''} should be ${issue.message}`;
    });
    throw new AppError('bad-config', `${faults.join('; ')}.`, {
      hint: 'docs/configuration.md lists every setting.',
    });
  }
  const elsewhere = keysSentElsewhere(given, fromDotEnv);
  if (elsewhere.length > 0) {
    throw new AppError('bad-config', `${elsewhere.join('; ')}.`, {
      hint: 'If that is meant, set address and key in the same place: both in the environment, or both in .env.',
    });
  }
  return {
    settings: {
      ...parsed.data,
      DONNA_DATA_DIR: path.resolve(
        directory,
        parsed.data.DONNA_DATA_DIR ?? defaultDataDirectory(environment),
      ),
      providerConfigured: Object.keys(given).some((name) =>
        /^(ELEVENLABS|ELEVEN_LABS|ELEVEN|XI|TWILIO)_/i.test(name),
      ),
    },
    warnings: nearMisses(Object.keys(given)),
  };
}

/** The settings as the environment and `.env` have them, with these values over both, as flags are. */
export function readSettingsWith(
  values: Partial<Record<keyof typeof settingsSchema.shape, string | undefined>>,
): ReturnType<typeof readSettings> {
  return readSettings({ ...process.env, ...definedOnly(values) });
}

/** The names of settings that the environment itself sets, and not `.env`. */
export function namesInEnvironment(environment: Environment = process.env): string[] {
  return Object.keys(settingsSchema.shape).filter((name) => environment[name]?.trim());
}

function nearMisses(names: readonly string[]): string[] {
  const known = Object.keys(settingsSchema.shape);
  return names.flatMap((name) => {
    if (known.includes(name) || name === 'DONNA_LIVE_TEST_TO') return [];
    const ours = /^(ELEVEN|TWILIO|DONNA|XI_)/i.test(name);
    const meant = otherNames[name] ?? (ours ? nearest(name, known) : undefined);
    return meant && !names.includes(meant)
      ? [`${name} is not a setting of Donna: did you mean ${meant}?`]
      : [];
  });
}

function readEnvFile(file: string): Record<string, string> {
  try {
    return definedOnly(parseEnv(readFileSync(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new AppError('bad-config', `.env cannot be read: ${(error as Error).message}.`, {
      hint: `The file is ${file}.`,
      cause: error,
    });
  }
}

function definedOnly(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** An empty variable in the environment is not set, so that `.env` speaks. */
function setOnly(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(definedOnly(environment)).filter(([, value]) => value.trim() !== ''),
  );
}

function defaultDataDirectory(environment: Environment): string {
  const given = environment.XDG_DATA_HOME?.trim() ?? '';
  // The XDG specification has relative paths ignored: they would make a journal of their own in every folder.
  return path.join(path.isAbsolute(given) ? given : path.join(os.homedir(), '.local', 'share'), 'donna');
}
