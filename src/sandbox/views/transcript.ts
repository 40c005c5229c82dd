import type { SpokenTurn } from '../dialogue/player.ts';
import type { CallAt } from '../telephony/call-at.ts';

/** What was said, turn by turn, with the tools that the agent called. */
export function transcriptOf(call: CallAt) {
  return call.timeline.turns.map((turn, index) => item(turn, index, call));
}

function item(turn: SpokenTurn, index: number, call: CallAt) {
  const byAgent = turn.by === 'agent';
  const { agent_id } = call.record.agent;
  const { tool } = turn;
  const requestId = `${call.record.conversation_id}_tool_${index}`;
  return {
    role: byAgent ? 'agent' : 'user',
    agent_metadata: byAgent ? { agent_id, branch_id: null, workflow_node_id: null, version_id: null } : null,
    message: turn.text === '' ? null : turn.text,
    tool_calls: tool
      ? [
          {
            type: 'system',
            request_id: requestId,
            tool_name: tool.name,
            params_as_json: JSON.stringify(tool.params),
            tool_has_been_called: true,
            tool_details: null,
          },
        ]
      : [],
    tool_results: tool
      ? [
          {
            type: 'system',
            request_id: requestId,
            tool_name: tool.name,
            result_value: JSON.stringify({ status: 'success' }),
            is_error: false,
            tool_has_been_called: true,
            tool_latency_secs: 0,
            result: toolResult(tool.name, turn),
          },
        ]
      : [],
    feedback: null,
    time_in_call_secs: Math.floor(turn.startMs / 1000),
    conversation_turn_metrics: null,
    interrupted: turn.cutFrom !== undefined,
    original_message: turn.cutFrom ?? null,
    source_medium: byAgent ? null : 'audio',
  };
}

function toolResult(name: NonNullable<SpokenTurn['tool']>['name'], turn: SpokenTurn) {
  const reason = turn.tool?.params.reason ?? null;
  switch (name) {
    case 'end_call':
      return { result_type: 'end_call_success', status: 'success', reason, message: null };
    case 'voicemail_detection':
      return {
        result_type: 'voicemail_detection_success',
        status: 'success',
        reason,
        voicemail_message: turn.text === '' ? null : turn.text,
      };
    default:
      return null;
  }
}
