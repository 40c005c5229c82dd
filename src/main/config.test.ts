import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../kernel/errors.ts';
import { readSettings } from './config.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'donna-config-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const dotEnv = (text: string) => writeFile(path.join(directory, '.env'), text);
const read = (environment: Record<string, string> = {}) => readSettings(environment, directory);
function refused(environment: Record<string, string>): AppError {
  try {
    read(environment);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('readSettings', () => {
  it('has defaults for what need not be set', () => {
    const { settings, warnings } = read({ XDG_DATA_HOME: '/var/lib/ada' });
    expect(settings).toMatchObject({
      ELEVENLABS_BASE_URL: 'https://api.elevenlabs.io',
      DONNA_TIMEOUT_MS: 30_000,
      DONNA_BLOCKED: [],
      DONNA_DATA_DIR: '/var/lib/ada/donna',
      providerConfigured: false,
    });
    expect(settings.DONNA_COUNTRIES).toBeUndefined();
    expect(warnings).toEqual([]);
  });

  it('takes the environment over .env, and .env where the environment is empty', async () => {
    await dotEnv('ELEVENLABS_AGENT_ID=agent_file\nELEVENLABS_PHONE_NUMBER_ID="phnum_file"\n');
    const { settings } = read({ ELEVENLABS_AGENT_ID: 'agent_env', ELEVENLABS_PHONE_NUMBER_ID: ' ' });
    expect(settings).toMatchObject({
      ELEVENLABS_AGENT_ID: 'agent_env',
      ELEVENLABS_PHONE_NUMBER_ID: 'phnum_file',
    });
  });

  it('reads lists', () => {
    const { settings } = read({ DONNA_COUNTRIES: 'us, gb', DONNA_BLOCKED: '+12125550142;+12125550143' });
    expect(settings.DONNA_COUNTRIES).toEqual(['US', 'GB']);
    expect(settings.DONNA_BLOCKED).toEqual(['+12125550142', '+12125550143']);
  });

  it.each([
    ['ELEVENLABS_BASE_URL', 'api.elevenlabs.io', 'a URL such as'],
    ['ELEVENLABS_BASE_URL', 'ftp://api.elevenlabs.io', 'a URL such as'],
    ['ELEVENLABS_API_KEY', 'two words', 'without spaces'],
    ['TWILIO_ACCOUNT_SID', 'SK123', 'AC and 32'],
    ['DONNA_TIMEOUT_MS', 'soon', 'from 100 to 600000'],
    ['DONNA_TIMEOUT_MS', '5', 'from 100 to 600000'],
    ['DONNA_TIMEOUT_MS', '1.5e9', 'from 100 to 600000'],
    ['DONNA_COUNTRIES', 'USA', 'not USA'],
    ['DONNA_COUNTRIES', 'US,UK', 'not UK'],
    ['DONNA_COUNTRIES', ',', 'two-letter'],
    ['DONNA_BLOCKED', '911', '911'],
    ['DONNA_HOURS', 'always', 'mon-fri 09:00-17:00. It cannot be read.'],
  ])('names %s=%s and what is expected', (name, value, expected) => {
    const error = refused({ [name]: value });
    expect(error.code).toBe('bad-config');
    expect(error.message).toContain(`${name} should be`);
    expect(error.message).toContain(expected);
    expect(error.message).not.toMatch(/\.\.$/);
  });

  it('names every wrong setting at once, and the file it is in', async () => {
    await dotEnv('DONNA_TIMEOUT_MS=soon\n');
    const { message } = refused({ TWILIO_BASE_URL: 'nowhere' });
    expect(message).toContain('DONNA_TIMEOUT_MS (in .env) should be');
    expect(message).toContain('TWILIO_BASE_URL should be');
  });

  it('repeats no secret', () => {
    const secret = 'sk hidden value';
    const error = refused({
      ELEVENLABS_API_KEY: secret,
      TWILIO_AUTH_TOKEN: secret,
      ELEVENLABS_WEBHOOK_SECRET: secret,
    });
    expect(JSON.stringify([error.message, error.hint])).not.toContain('hidden');
    expect(error.message).toContain('TWILIO_AUTH_TOKEN');
  });

  it.each([
    ['ELEVENLABS_BASE_URL', 'ELEVENLABS_API_KEY'],
    ['ELEVENLABS_BASE_URL', 'ELEVENLABS_API_KEY', 'https://elevenlabs.io.example.com'],
    ['TWILIO_BASE_URL', 'TWILIO_AUTH_TOKEN'],
    ['DONNA_URL', 'DONNA_API_KEY'],
  ])(
    'sends to no %s of .env the %s of the environment',
    async (address, secret, url = 'https://evil.example') => {
      await dotEnv(`${address}=${url}\n`);
      const { code, message } = refused({ [secret]: 'hidden' });
      expect([code, message]).toEqual(['bad-config', expect.stringContaining(new URL(url).hostname)]);
      expect(message).not.toContain('hidden');
      expect(read({ [secret]: 'hidden', [address]: url }).warnings).toEqual([]);
      await dotEnv(`${address}=${url}\n${secret}=hidden\n`);
      expect(read().warnings).toEqual([]);
    },
  );

  it.each([
    'ELEVENLABS_BASE_URL=https://api.eu.residency.elevenlabs.io',
    'ELEVENLABS_BASE_URL=http://127.0.0.1:4010',
    'TWILIO_BASE_URL=https://api.dublin.ie1.twilio.com',
    'DONNA_URL=http://localhost:4000',
  ])('takes from .env an address where a key belongs anyway: %s', async (line) => {
    await dotEnv(`${line}\n`);
    const secrets = { ELEVENLABS_API_KEY: 'a', TWILIO_AUTH_TOKEN: 'b', DONNA_API_KEY: 'c' };
    expect(read(secrets).warnings).toEqual([]);
  });

  it.each([
    ['ELEVEN_LABS_AGENT_ID', 'ELEVENLABS_AGENT_ID'],
    ['PHONE_NUMBER_ID', 'ELEVENLABS_PHONE_NUMBER_ID'],
    ['XI_API_KEY', 'ELEVENLABS_API_KEY'],
    ['ELEVENLABS_APIKEY', 'ELEVENLABS_API_KEY'],
    ['elevenlabs_api_key', 'ELEVENLABS_API_KEY'],
    ['TWILIO_ACOUNT_SID', 'TWILIO_ACCOUNT_SID'],
    ['DONNA_BLOCK', 'DONNA_BLOCKED'],
  ])('asks whether %s means %s', (name, meant) => {
    expect(read({ [name]: 'x1' }).warnings).toEqual([
      `${name} is not a setting of Donna: did you mean ${meant}?`,
    ]);
  });

  it('does not ask when the right name is set too, or when the name is somebody else’s', () => {
    expect(read({ XI_API_KEY: 'x', ELEVENLABS_API_KEY: 'y' }).warnings).toEqual([]);
    expect(read({ TWILIO_PHONE_NUMBER: '+12125550142', PATH: '/bin', HOME: '/' }).warnings).toEqual([]);
  });

  it.each(['ELEVENLABS_AGENT_ID', 'TWILIO_PHONE_NUMBER', 'ELEVEN_LABS_API_KEY', 'XI_API_KEY'])(
    'takes %s for a sign that a provider is meant',
    (name) => {
      expect(read({ [name]: 'x1' }).settings.providerConfigured).toBe(true);
    },
  );

  it('reads names of documents and their files', () => {
    const given = 'crm=/srv/crm v2.json, billing = ./billing.yaml';
    expect([...(read({ DONNA_EXPLAIN_DOCUMENTS: given }).settings.DONNA_EXPLAIN_DOCUMENTS ?? [])]).toEqual([
      ['crm', '/srv/crm v2.json'],
      ['billing', './billing.yaml'],
    ]);
    for (const wrong of ['crm.json', 'crm=', '=crm.json', 'a/b=c.json', 'a=b.json,a=c.json', ','])
      expect(refused({ DONNA_EXPLAIN_DOCUMENTS: wrong }).message).toContain('billing=./billing.yaml');
  });

  it('says when .env cannot be read', async () => {
    await mkdir(path.join(directory, '.env'));
    expect(refused({}).message).toContain('.env cannot be read');
  });
});
