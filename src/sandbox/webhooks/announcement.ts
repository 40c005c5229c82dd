import { at, isObject, objectAt, textAt } from '../json.ts';
import type { SandboxState } from '../state.ts';
import { callAt, settledAtMs } from '../telephony/call-at.ts';
import type { CallRecord } from '../telephony/call-record.ts';
import { hasAudio } from '../views/conversation.ts';
import type { Delivery } from './delivery.ts';

/** The provider keeps no more than this waiting for one webhook. */
const MOST_PENDING = 100;

/** The deliveries that an ended call causes, by the webhook of its agent or else of the workspace. */
export function announcement(
  state: SandboxState,
  record: CallRecord,
  newId: () => string,
): readonly Delivery[] {
  const settings = webhookSettings(state, record);
  const webhook = state.webhooks.find((one) => one.webhook_id === settings.post_call_webhook_id);
  if (!webhook || webhook.is_disabled || webhook.is_auto_disabled) return [];
  const settledMs = settledAtMs(record);
  const pending = state.deliveries.filter((one) => one.webhook_id === webhook.webhook_id).length;
  return eventTypes(record, settings)
    .slice(0, Math.max(0, MOST_PENDING - pending))
    .map((type) => ({
      id: newId(),
      webhook_id: webhook.webhook_id,
      conversation_id: record.conversation_id,
      type,
      event_timestamp: Math.floor(settledMs / 1000),
      attempts: 0,
      due_at_ms: settledMs,
      held: false,
      struck: false,
    }));
}

function webhookSettings(state: SandboxState, record: CallRecord): Readonly<Record<string, unknown>> {
  const own = at(record.agent.platform_settings, 'workspace_overrides', 'webhooks');
  if (isObject(own) && textAt(own, 'post_call_webhook_id') !== undefined) return own;
  return objectAt(state.settings, 'webhooks');
}

// The settings' names of events are not the types of what is then sent.
function eventTypes(record: CallRecord, settings: Readonly<Record<string, unknown>>): Delivery['type'][] {
  const events = Array.isArray(settings.events) ? settings.events : ['transcript'];
  const call = callAt(record, settledAtMs(record));
  const types: Delivery['type'][] = [];
  if (call.timeline.answeredMs === undefined) {
    return events.includes('call_initiation_failure') ? ['call_initiation_failure'] : [];
  }
  if (events.includes('answering_machine_detection') && record.machine_detection) {
    types.push('answering_machine_detection');
  }
  if (events.includes('transcript')) {
    const otel = settings.transcript_format === 'opentelemetry';
    types.push(otel ? 'post_call_transcription_otel' : 'post_call_transcription');
  }
  if ((events.includes('audio') || settings.send_audio === true) && hasAudio(call))
    types.push('post_call_audio');
  return types;
}
