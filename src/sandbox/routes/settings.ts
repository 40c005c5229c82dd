import { getSettings, updateSettings } from '../../wire/elevenlabs/settings.ts';
import { ok, refusals } from '../http/refusals.ts';
import type { SandboxState } from '../state.ts';
import { type Route, route } from './route.ts';

const defaults = {
  conversation_initiation_client_data_webhook: null,
  webhooks: {
    post_call_webhook_id: null,
    events: ['transcript'],
    transcript_format: 'json',
    send_audio: null,
  },
  can_use_mcp_servers: false,
  rag_retention_period_days: 10,
  conversation_embedding_retention_days: null,
  default_livekit_stack: 'standard',
};

export const settingsRoutes: readonly Route[] = [
  route(getSettings, (world) => ok(settingsView(world.state))),

  route(updateSettings, async (world, { body }) => {
    const id = body.webhooks?.post_call_webhook_id;
    if (id && !world.state.webhooks.some((one) => one.webhook_id === id)) return refusals.webhookNotFound(id);
    // `webhooks` is replaced whole, not joined.
    const webhooks = body.webhooks && { webhooks: { ...defaults.webhooks, ...body.webhooks } };
    await world.change((state) => ({ ...state, settings: { ...state.settings, ...body, ...webhooks } }));
    return ok(settingsView(world.state));
  }),
];

function settingsView(state: SandboxState) {
  return { ...defaults, ...state.settings };
}
