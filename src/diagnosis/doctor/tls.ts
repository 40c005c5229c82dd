import type { Check } from './check.ts';
import { greeting } from './reachability.ts';
import { seen } from './read-answer.ts';
import { shownUrl } from './shown-url.ts';
import { travelsInTheOpen } from './travels-in-the-open.ts';

export const tls: Check = {
  name: 'tls',
  title: 'The connection is encrypted and its certificate good',
  needs: ['reachability'],
  async run({ ask, settings }) {
    const { baseUrl } = settings.elevenlabs;
    if (new URL(baseUrl).protocol !== 'https:') {
      const evidence = [{ authority: 'setting', text: `base URL ${shownUrl(baseUrl)}` } as const];
      if (!travelsInTheOpen(baseUrl)) {
        return { status: 'ok', summary: 'no TLS, and none needed: the host is this machine', evidence };
      }
      return {
        status: 'failed',
        summary: 'the key would travel unencrypted',
        evidence,
        fix: 'Use https:// in ELEVENLABS_BASE_URL, and make a new key: the old one may have been read.',
      };
    }
    const answer = await ask(greeting);
    const evidence = [seen(greeting, answer)];
    if (answer.kind === 'unreachable') {
      return {
        status: 'failed',
        summary: `TLS fails: ${answer.message}`,
        evidence,
        fix: 'If a proxy of your company reads TLS, name its certificate in NODE_EXTRA_CA_CERTS; if the certificate is not yet or no longer valid, set this machine’s clock.',
      };
    }
    return { status: 'ok', summary: 'the certificate is accepted', evidence };
  },
};
