import type { Check } from './check.ts';
import { greeting } from './reachability.ts';

const WARN_SECS = 60;
/** Past it a webhook that was just signed is refused. Source: ElevenLabs' documentation of post-call webhooks. */
const WEBHOOK_TOLERANCE_SECS = 1800;

export const clockSkew: Check = {
  name: 'clock-skew',
  title: 'This machine’s clock agrees with the provider’s',
  needs: ['tls'],
  async run({ ask }) {
    const answer = await ask(greeting);
    const date = answer.kind === 'reply' ? answer.headers.date : undefined;
    const theirsMs = date === undefined ? Number.NaN : Date.parse(date);
    // A cache's answer carries the time it was made.
    if (Number.isNaN(theirsMs) || (answer.kind === 'reply' && answer.headers.age !== undefined)) {
      return {
        status: 'skipped',
        summary: 'skipped because the answer carries no time of its own',
        evidence: [],
      };
    }
    // The header is in whole seconds, cut off; the provider wrote it about half-way through the exchange.
    const skewSecs = Math.round((answer.atMs - answer.tookMs / 2 - (theirsMs + 500)) / 1000);
    const evidence = [
      {
        authority: 'live',
        text: `the provider’s Date is ${date}; here it is ${new Date(answer.atMs).toUTCString()}`,
      },
    ] as const;
    const facts = { skewSecs };
    const off = Math.abs(skewSecs);
    if (off < WARN_SECS) {
      return { status: 'ok', summary: `the difference is below ${WARN_SECS} s`, evidence, facts };
    }
    const side = skewSecs > 0 ? 'ahead' : 'behind';
    const refused = off >= WEBHOOK_TOLERANCE_SECS;
    return {
      status: refused ? 'failed' : 'warning',
      summary: `this clock is ${off} s ${side}`,
      evidence,
      ...(refused ? { follows: 'Webhooks look too old or too new and are refused.' } : {}),
      fix: 'Turn time synchronisation on (timedatectl set-ntp true, or the system’s date settings).',
      facts,
    };
  },
};
