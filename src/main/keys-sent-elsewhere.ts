import { isLoopback } from './setting-kinds.ts';

/** An address, the secret that goes there, and the hosts where that secret belongs anyway. */
const pairs = [
  { address: 'ELEVENLABS_BASE_URL', secret: 'ELEVENLABS_API_KEY', own: /(^|\.)elevenlabs\.io$/ },
  { address: 'TWILIO_BASE_URL', secret: 'TWILIO_AUTH_TOKEN', own: /(^|\.)twilio\.com$/ },
  { address: 'DONNA_URL', secret: 'DONNA_API_KEY', own: undefined },
] as const;

/**
 * The addresses that `.env` names for a secret that the environment holds. Whoever wrote the `.env` of a directory, such as of a repository
 * that was just cloned, must not learn the keys of the person who runs a command in it.
 */
export function keysSentElsewhere(
  given: Readonly<Record<string, string>>,
  fromDotEnv: ReadonlySet<string>,
): string[] {
  return pairs.flatMap(({ address, secret, own }) => {
    const url = given[address];
    if (url === undefined || !fromDotEnv.has(address)) return [];
    if (given[secret] === undefined || fromDotEnv.has(secret)) return [];
    const { hostname } = new URL(url);
    return isLoopback(hostname) || own?.test(hostname)
      ? []
      : [
          `${secret} is in the environment, and .env of this directory would send it to ${hostname} (${address})`,
        ];
  });
}
