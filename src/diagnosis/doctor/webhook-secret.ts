import type { Check } from './check.ts';

export const webhookSecret: Check = {
  name: 'webhook-secret',
  title: 'The secret for webhooks is set',
  needs: [],
  async run({ settings }) {
    if (settings.webhookSecretSet) {
      return {
        status: 'ok',
        summary: 'set',
        evidence: [{ authority: 'setting', text: 'ELEVENLABS_WEBHOOK_SECRET is set' }],
      };
    }
    return {
      status: 'warning',
      summary: 'not set: webhooks cannot be verified, and are not needed to place calls',
      evidence: [{ authority: 'setting', text: 'ELEVENLABS_WEBHOOK_SECRET is not set' }],
      fix: 'To receive webhooks: donna webhooks connect --url https://…; ElevenLabs shows the secret once.',
    };
  },
};
