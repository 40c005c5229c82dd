import { describe, expect, it } from 'vitest';
import { readSettings } from './config.ts';

const withUrl = (url: string) => () => readSettings({ ELEVENLABS_BASE_URL: url }, '/nowhere').settings;

describe('a base URL', () => {
  it.each(['http://api.example.com', 'http://10.0.0.8:4010', 'http://127.0.0.1.example.com'])(
    'in the clear is refused for another machine, since the key goes with it: %s',
    (url) => expect(withUrl(url)).toThrow(/ELEVENLABS_BASE_URL should be an https URL/),
  );

  it.each(['https://api.eu.residency.elevenlabs.io', 'http://127.0.0.1:4010', 'http://localhost:4010'])(
    'is taken: %s',
    (url) => expect(withUrl(url)().ELEVENLABS_BASE_URL).toBe(url),
  );
});
