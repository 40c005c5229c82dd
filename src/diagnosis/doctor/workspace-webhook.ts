import { getSettings } from '../../wire/elevenlabs/settings.ts';
import { listWebhooks, type WorkspaceWebhook } from '../../wire/elevenlabs/workspace-webhook.ts';
import type { Check, CheckResult, Statement } from './check.ts';
import { meaningOf, readBody, seen } from './read-answer.ts';
import { trouble, unreadable } from './trouble.ts';

const settingsRead = { method: 'GET', provider: 'elevenlabs', path: '/v1/convai/settings' } as const;
const webhooksRead = { method: 'GET', provider: 'elevenlabs', path: '/v1/workspace/webhooks' } as const;

export const workspaceWebhook: Check = {
  name: 'workspace-webhook',
  title: 'The workspace’s webhook is attached and delivers',
  needs: ['key'],
  async run({ ask }): Promise<CheckResult> {
    const [settings, webhooks] = [await ask(settingsRead), await ask(webhooksRead)];
    const evidence = [seen(settingsRead, settings), seen(webhooksRead, webhooks)];
    for (const [request, answer] of [
      [settingsRead, settings],
      [webhooksRead, webhooks],
    ] as const) {
      const meaning = meaningOf(answer);
      if (meaning.kind === 'missing-right' || meaning.kind === 'forbidden') {
        const right =
          meaning.kind === 'missing-right' ? ` has no right ${meaning.right}` : ' may not read webhooks';
        return { status: 'skipped', summary: `skipped because the key${right}`, evidence };
      }
      // Calls do not hang on webhooks, so nothing here fails the diagnosis but a broken webhook.
      if (meaning.kind !== 'fine') return { ...trouble(request, answer, 'the webhooks'), status: 'warning' };
    }
    const known = readBody(webhooks, listWebhooks.reply);
    if (known.kind === 'unreadable') return unreadable(webhooksRead, webhooks, 'the webhooks', known.why);
    const read = readBody(settings, getSettings.reply);
    if (read.kind === 'unreadable') return unreadable(settingsRead, settings, 'the settings', read.why);
    const attached = read.value.webhooks;
    const id = attached?.post_call_webhook_id;
    if (!id) {
      return {
        status: 'ok',
        summary: 'none is attached; Donna asks for the end of a call instead',
        evidence,
        facts: { attached: false },
      };
    }
    const events = attached?.events?.join(', ') ?? '';
    return judge(
      id,
      events,
      known.value.webhooks.find(({ webhook_id }) => webhook_id === id),
      evidence,
    );
  },
};

function judge(
  id: string,
  events: string,
  webhook: WorkspaceWebhook | undefined,
  before: readonly Statement[],
): CheckResult {
  if (!webhook) {
    return {
      status: 'failed',
      summary: 'the webhook that the settings name does not exist',
      evidence: before,
      fix: 'Attach another: donna webhooks connect --url https://….',
    };
  }
  const failedAt = webhook.most_recent_failure_timestamp;
  const code = webhook.most_recent_failure_error_code;
  const failure =
    failedAt || code
      ? `last failure ${code ?? 'without a code'}${failedAt ? ` at ${new Date(failedAt * 1000).toISOString()}` : ''}`
      : undefined;
  const evidence: Statement[] = [
    ...before,
    {
      authority: 'live',
      text: `“${webhook.name}” to ${originOf(webhook.webhook_url)}, events: ${events || 'none'}`,
    },
    ...(failure ? [{ authority: 'live', text: failure } as const] : []),
    {
      authority: 'document',
      text: 'whether retries are on is told by no answer; they are off unless switched on',
    },
  ];
  const facts = {
    attached: true,
    id,
    disabled: webhook.is_disabled,
    autoDisabled: webhook.is_auto_disabled,
    events,
  };
  if (webhook.is_auto_disabled) {
    return {
      status: 'failed',
      summary: 'the provider has switched the webhook off after failures in a row',
      evidence,
      follows: 'No event arrives any more.',
      fix: 'Make its receiver answer 200, then enable it (elevenlabs.io, Developers, Webhooks).',
      facts,
    };
  }
  if (webhook.is_disabled) {
    return {
      status: 'warning',
      summary: 'the webhook is disabled',
      evidence,
      fix: 'Enable it (elevenlabs.io, Developers, Webhooks), if events are wanted.',
      facts,
    };
  }
  if (failure) {
    return {
      status: 'warning',
      summary: `enabled; ${failure}`,
      evidence,
      fix: 'See the receiver’s log of that time: it must answer 200, and soon.',
      facts,
    };
  }
  return { status: 'ok', summary: `enabled, events: ${events || 'none'}`, evidence, facts };
}

/** The path of a webhook may hold a token of its owner. */
function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : 'an address that is no URL';
}
