import { editDistance } from '../../kernel/nearest.ts';

export type DocumentedProvider = 'elevenlabs' | 'twilio';

export interface ProviderAddresses {
  /** Base URLs, as configured. */
  readonly elevenlabs: string;
  readonly twilio: string;
}

/** Where the providers are for everybody. */
export const publicAddresses: ProviderAddresses = {
  elevenlabs: 'https://api.elevenlabs.io',
  twilio: 'https://api.twilio.com',
};

/** Where `donna sandbox` listens unless it is told otherwise; it plays both. */
const sandboxHosts = ['127.0.0.1:4010', 'localhost:4010'];

export function isSandboxHost(host: string): boolean {
  return sandboxHosts.includes(host);
}

const all: readonly DocumentedProvider[] = ['elevenlabs', 'twilio'];

/**
 * Whose API a request to `host` (with its port) is meant for: the providers of a host, also of one that is a letter off. Of a request of which
 * only the path is known it may be either.
 */
export function providersOfHost(host: string, addresses: ProviderAddresses): DocumentedProvider[] {
  if (host === '' || isSandboxHost(host)) return [...all];
  const configured = all.filter((provider) => new URL(addresses[provider]).host === host);
  return configured.length > 0 ? configured : all.filter((provider) => namesProvider(host, provider));
}

function namesProvider(host: string, provider: DocumentedProvider): boolean {
  const allowed = provider.length > 6 ? 2 : 1;
  return host
    .replace(/:\d+$/, '')
    .split(/[.-]/)
    .some((label) => label.length < 20 && editDistance(label, provider) <= allowed);
}
