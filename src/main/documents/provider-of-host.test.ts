import { describe, expect, it } from 'vitest';
import { providersOfHost } from './provider-of-host.ts';

const addresses = { elevenlabs: 'https://api.elevenlabs.io', twilio: 'https://api.twilio.com' };

describe('whose API a host is', () => {
  it.each([
    ['api.elevenlabs.io', ['elevenlabs']],
    ['api.us.elevenlabs.io', ['elevenlabs']],
    ['api.eu.residency.elevenlabs.io', ['elevenlabs']],
    ['elevenlabs.io', ['elevenlabs']],
    ['api.elevenlab.io', ['elevenlabs']],
    ['api.elevenlabs.com:443', ['elevenlabs']],
    ['api.twilio.com', ['twilio']],
    ['api.dublin.ie1.twilio.com', ['twilio']],
    ['api.twillio.com', ['twilio']],
    ['127.0.0.1:4010', ['elevenlabs', 'twilio']],
    ['', ['elevenlabs', 'twilio']],
    ['api.example.com', []],
    ['twin.example.com', []],
    ['127.0.0.1:8080', []],
  ])('%s: %j', (host, providers) => {
    expect(providersOfHost(host, addresses)).toEqual(providers);
  });

  it('a configured address belongs to the provider that is configured there', () => {
    const proxy = { elevenlabs: 'http://127.0.0.1:8080/eleven', twilio: 'https://proxy.example.com' };
    expect(providersOfHost('127.0.0.1:8080', proxy)).toEqual(['elevenlabs']);
    expect(providersOfHost('proxy.example.com', proxy)).toEqual(['twilio']);
    expect(providersOfHost('api.elevenlabs.io', proxy)).toEqual(['elevenlabs']);
  });
});
