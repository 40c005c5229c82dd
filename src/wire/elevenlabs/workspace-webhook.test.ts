import { describe, expect, it } from 'vitest';
import { createWebhook, listWebhooks, updateWebhook } from './workspace-webhook.ts';

describe('a webhook of the workspace', () => {
  it('is created inside settings, with HMAC', () => {
    const body = {
      settings: { auth_type: 'hmac', name: 'Donna', webhook_url: 'https://donna.example.com/hook' },
    };
    expect(createWebhook.body?.parse(body)).toEqual(body);
    expect(createWebhook.body?.safeParse(body.settings).success).toBe(false);
  });

  it('gives its secret once, or not at all', () => {
    for (const reply of [
      { webhook_id: 'wh_1', webhook_secret: 'wsec_1' },
      { webhook_id: 'wh_1', webhook_secret: null },
    ]) {
      expect(createWebhook.reply.parse(reply)).toEqual(reply);
    }
  });

  it('cannot be changed without its name and whether it is disabled', () => {
    const { error } = updateWebhook.body?.safeParse({ retry_enabled: true }) ?? {};
    expect(error?.issues.map((issue) => issue.path[0])).toEqual(['is_disabled', 'name']);
  });

  it('is listed with its failures', () => {
    const page = {
      webhooks: [
        {
          webhook_id: 'wh_1',
          name: 'Donna',
          webhook_url: 'https://donna.example.com/hook',
          is_disabled: false,
          is_auto_disabled: true,
          most_recent_failure_error_code: 502,
        },
      ],
    };
    expect(listWebhooks.reply.parse(page)).toEqual(page);
  });
});
