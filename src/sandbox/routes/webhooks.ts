import { createWebhook, listWebhooks, updateWebhook } from '../../wire/elevenlabs/workspace-webhook.ts';
import { ok, refusals } from '../http/refusals.ts';
import { at } from '../json.ts';
import type { SandboxState, SandboxWebhook } from '../state.ts';
import { type Route, route } from './route.ts';

export const webhookRoutes: readonly Route[] = [
  route(listWebhooks, (world, { query }) =>
    ok({
      webhooks: world.state.webhooks.map((one) => view(one, world.state, query.include_usages === true)),
    }),
  ),

  route(createWebhook, async (world, { body }) => {
    const { name, webhook_url, request_headers } = body.settings;
    if (!isHttpUrl(webhook_url)) {
      return refusals.invalidParameters('webhook_url', 'The webhook URL is not valid.');
    }
    const webhook: SandboxWebhook = {
      webhook_id: world.ids.webhook(),
      name,
      webhook_url,
      secret: world.ids.webhookSecret(),
      is_disabled: false,
      retry_enabled: false,
      request_headers: request_headers ?? {},
      created_at_unix: Math.floor(world.clock.now() / 1000),
      consecutive_failures: 0,
      is_auto_disabled: false,
      most_recent_failure_error_code: null,
      most_recent_failure_timestamp: null,
      last_success_timestamp: null,
    };
    await world.change((state) => ({ ...state, webhooks: [...state.webhooks, webhook] }));
    // The one time that the secret is shown.
    return ok({ webhook_id: webhook.webhook_id, webhook_secret: webhook.secret });
  }),

  route(updateWebhook, async (world, { params, body }) => {
    const id = params.webhook_id ?? '';
    if (!world.state.webhooks.some((one) => one.webhook_id === id)) return refusals.webhookNotFound(id);
    const change = (one: SandboxWebhook): SandboxWebhook => ({
      ...one,
      name: body.name,
      is_disabled: body.is_disabled,
      retry_enabled: body.retry_enabled ?? one.retry_enabled,
      request_headers: body.request_headers ?? one.request_headers,
      ...(!body.is_disabled && { is_auto_disabled: false, consecutive_failures: 0 }),
    });
    await world.change((state) => ({
      ...state,
      webhooks: state.webhooks.map((one) => (one.webhook_id === id ? change(one) : one)),
    }));
    return ok({ status: 'ok' });
  }),
];

function view(webhook: SandboxWebhook, state: SandboxState, withUsage: boolean) {
  const attached = at(state.settings, 'webhooks', 'post_call_webhook_id') === webhook.webhook_id;
  return {
    name: webhook.name,
    webhook_id: webhook.webhook_id,
    webhook_url: webhook.webhook_url,
    is_disabled: webhook.is_disabled,
    is_auto_disabled: webhook.is_auto_disabled,
    created_at_unix: webhook.created_at_unix,
    auth_type: 'hmac',
    usage: withUsage ? (attached ? [{ usage_type: 'ConvAI Settings' }] : []) : null,
    events: [],
    most_recent_failure_error_code: webhook.most_recent_failure_error_code,
    most_recent_failure_timestamp: webhook.most_recent_failure_timestamp,
  };
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
