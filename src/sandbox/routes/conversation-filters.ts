import type { ConversationFilters } from '../../wire/elevenlabs/conversation.ts';
import { textAt } from '../json.ts';
import type { CallAt } from '../telephony/call-at.ts';
import { conversationSummary } from '../views/conversation.ts';
import { transcriptOf } from '../views/transcript.ts';

/**
 * Whether a conversation passes the filters of the list. There is none for a number or a Call SID. Filters on what
 * the sandbox has none of (ratings, tags, topics, procedures, guardrails, parents) let nothing pass.
 */
export function matchesFilters(call: CallAt, filters: ConversationFilters): boolean {
  const summary = conversationSummary(call, true);
  const asked = <T>(value: T | undefined, fits: (value: T) => boolean) => value === undefined || fits(value);
  const askedFor = (list: readonly string[] | undefined, values: readonly string[]) =>
    asked(list, (wanted) => wanted.some((one) => values.includes(one)));
  return (
    asked(filters.agent_id, (id) => id === summary.agent_id) &&
    asked(filters.branch_id, (id) => id === summary.branch_id) &&
    asked(filters.user_id, (id) => id === textAt(call.record.client_data, 'user_id')) &&
    asked(filters.call_successful, (result) => result === summary.call_successful) &&
    asked(filters.call_start_before_unix, (secs) => summary.start_time_unix_secs <= secs) &&
    asked(filters.call_start_after_unix, (secs) => summary.start_time_unix_secs >= secs) &&
    asked(filters.call_duration_min_secs, (secs) => summary.call_duration_secs >= secs) &&
    asked(filters.call_duration_max_secs, (secs) => summary.call_duration_secs <= secs) &&
    asked(
      filters.conversation_initiation_source,
      (source) => source === summary.conversation_initiation_source,
    ) &&
    asked(filters.text_only, (textOnly) => !textOnly) &&
    asked(filters.conversation_product_type, (product) => product === 'agents') &&
    asked(filters.has_feedback_comment, (wanted) => !wanted) &&
    asked(filters.exclude_statuses, (excluded) => !excluded.includes(summary.status)) &&
    askedFor(filters.termination_reasons, [summary.termination_reason]) &&
    askedFor(filters.visited_agent_ids, [summary.agent_id]) &&
    askedFor(filters.tool_names, summary.tool_names) &&
    askedFor(filters.tool_names_successful, summary.tool_names) &&
    askedFor(filters.tool_names_errored, []) &&
    askedFor(filters.main_languages, [summary.main_language]) &&
    askedFor(filters.data_collection_ids, Object.keys(summary.data_collection_results ?? {})) &&
    askedFor(filters.evaluation_criteria_ids, Object.keys(summary.evaluation_criteria_results ?? {})) &&
    asked(filters.search, (words) => said(call).includes(words.toLowerCase())) &&
    hasNothingElse(filters)
  );
}

function said(call: CallAt): string {
  const turns = call.settled ? transcriptOf(call) : [];
  return turns
    .map((turn) => turn.message ?? '')
    .join('\n')
    .toLowerCase();
}

function hasNothingElse(filters: ConversationFilters): boolean {
  return [
    filters.rating_min,
    filters.rating_max,
    filters.tag_ids,
    filters.topic_ids,
    filters.triggered_procedure_ids,
    filters.guardrail_types,
    filters.custom_guardrail_names,
    filters.parent_conversation_id,
    filters.workflow_node_entered_id,
    filters.version_id,
  ].every((value) => value === undefined);
}
