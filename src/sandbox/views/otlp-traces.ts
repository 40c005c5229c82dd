import type { CallAt } from '../telephony/call-at.ts';
import { transcriptOf } from './transcript.ts';

/** The conversation as OpenTelemetry traces. The document leaves their content open: one span a turn is a guess. */
export function otlpTraces(call: CallAt) {
  const { record } = call;
  const startMs = record.dialled_at_ms + (call.timeline.answeredMs ?? 0);
  const turns = call.settled ? transcriptOf(call) : [];
  return {
    resourceSpans: [
      {
        resource: { attributes: [attribute('conversation.id', record.conversation_id)] },
        scopeSpans: [
          {
            scope: { name: 'sandbox' },
            spans: turns.map((turn) => ({
              name: `turn ${turn.role}`,
              startTimeUnixNano: String((startMs + turn.time_in_call_secs * 1000) * 1_000_000),
              attributes: [attribute('message', turn.message ?? '')],
            })),
          },
        ],
      },
    ],
  };
}

function attribute(key: string, value: string) {
  return { key, value: { stringValue: value } };
}
