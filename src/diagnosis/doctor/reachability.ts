import type { TransportError } from '../../kernel/fetch.ts';
import type { Check, CheckResult } from './check.ts';
import { meaningOf, seen } from './read-answer.ts';
import { shownUrl } from './shown-url.ts';

/** Answered with a 401 by ElevenLabs, and with something else by anybody else. */
export const greeting = { method: 'GET', provider: 'elevenlabs', path: '/v1/user', auth: 'none' } as const;

const fixes: Readonly<Record<TransportError['kind'], string>> = {
  dns: 'Check the host name in ELEVENLABS_BASE_URL, and that this machine resolves names.',
  refused: 'Nothing listens at this address: check host and port of ELEVENLABS_BASE_URL.',
  'connect-timeout':
    'A firewall may drop the connection: allow HTTPS to this host, or set up the proxy on the network’s side.',
  tls: 'See the check tls.',
  reset: 'Something on the way closes the connection: a proxy, a firewall, a VPN. Try from another network.',
  timeout: 'The host took the request and said nothing: try again, then from another network.',
  'too-large': 'Check ELEVENLABS_BASE_URL: this is not an answer of ElevenLabs.',
  aborted: 'Run donna diagnose again.',
  other: 'Check ELEVENLABS_BASE_URL and the network.',
};

export const reachability: Check = {
  name: 'reachability',
  title: 'ElevenLabs can be reached',
  needs: [],
  async run({ ask, settings }) {
    const baseUrl = shownUrl(settings.elevenlabs.baseUrl);
    const answer = await ask(greeting);
    const evidence = [{ authority: 'setting', text: `base URL ${baseUrl}` } as const, seen(greeting, answer)];
    if (answer.kind === 'unreachable') {
      if (answer.why === 'tls') {
        return {
          status: 'ok',
          summary: 'the host answers, and TLS fails',
          evidence,
          follows: 'Look at the check tls.',
        };
      }
      return {
        status: 'failed',
        summary: `no answer from ${baseUrl} (${answer.why})`,
        evidence,
        fix: fixes[answer.why],
        facts: { why: answer.why },
      };
    }
    return judge(meaningOf(answer).kind, baseUrl, evidence);
  },
};

function judge(
  meaning: ReturnType<typeof meaningOf>['kind'],
  baseUrl: string,
  evidence: CheckResult['evidence'],
): CheckResult {
  if (meaning === 'provider-error') {
    return {
      status: 'failed',
      summary: 'the provider answers with a failure of its own',
      evidence,
      fix: 'Try again later; see status.elevenlabs.io.',
    };
  }
  // Without a key only a stranger says yes; ElevenLabs asks for one, or limits.
  if (['fine', 'foreign', 'no-such-path', 'wrong-method'].includes(meaning)) {
    const doubled = /\/v1\/?$/.test(baseUrl);
    return {
      status: 'failed',
      summary: `something answers at ${baseUrl}, and it is not ElevenLabs`,
      evidence,
      follows: 'Neither the key nor the agent is at fault: requests go to the wrong place.',
      fix: doubled
        ? 'Leave /v1 out of ELEVENLABS_BASE_URL: the paths bring it.'
        : 'Set ELEVENLABS_BASE_URL to https://api.elevenlabs.io (or your residency’s host), or leave it out.',
    };
  }
  return {
    status: 'ok',
    summary: 'it answers, and asks for a key as ElevenLabs does',
    evidence,
    follows: 'Network, DNS and host are right, so look elsewhere.',
  };
}
