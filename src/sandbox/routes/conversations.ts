import {
  deleteConversation,
  getConversation,
  getConversationAudio,
  listConversationSipMessages,
  listConversations,
} from '../../wire/elevenlabs/conversation.ts';
import { silentMp3 } from '../audio/silent-mp3.ts';
import { legacyRefusal, ok, refusals } from '../http/refusals.ts';
import { conversationSummary, conversationView, hasAudio } from '../views/conversation.ts';
import { otlpTraces } from '../views/otlp-traces.ts';
import { sipMessagesOf } from '../views/sip-messages.ts';
import { callsNow, findCall, withCall } from '../world.ts';
import { matchesFilters } from './conversation-filters.ts';
import { pageOf } from './page.ts';
import { type Route, route } from './route.ts';

export const conversationRoutes: readonly Route[] = [
  route(listConversations, (world, { query }) => {
    const newestFirst = callsNow(world)
      .filter((call) => matchesFilters(call, query))
      // Of two calls of the same moment, the one that was placed later is newer.
      .toReversed()
      .toSorted((a, b) => b.record.dialled_at_ms - a.record.dialled_at_ms);
    const sorted = query.sort_direction === 'asc' ? newestFirst.toReversed() : newestFirst;
    const page = pageOf(sorted, (call) => call.record.conversation_id, query);
    if (page.kind === 'refused') return page.reply;
    return ok({
      conversations: page.items.map((call) => conversationSummary(call, query.summary_mode === 'include')),
      next_cursor: page.nextCursor,
      has_more: page.nextCursor !== null,
    });
  }),

  route(getConversation, (world, { params, query }) => {
    const call = findCall(world, params.conversation_id ?? '');
    if (!call) return refusals.conversationNotFound(params.conversation_id ?? '');
    const view = conversationView(call);
    return ok(query.format === 'opentelemetry' ? { ...view, otlp_traces: otlpTraces(call) } : view);
  }),

  route(getConversationAudio, (world, { params }) => {
    const id = params.conversation_id ?? '';
    const call = findCall(world, id);
    if (!call) return refusals.conversationNotFound(id);
    if (!hasAudio(call)) {
      return legacyRefusal(404, 'audio_not_found', `No audio found for conversation with id ${id}.`);
    }
    return {
      status: 200,
      bytes: silentMp3(call.timeline.talkMs),
      headers: { 'content-type': 'audio/mpeg' },
    };
  }),

  route(listConversationSipMessages, (world, { params, query }) => {
    const call = findCall(world, params.conversation_id ?? '');
    if (!call) return refusals.conversationNotFound(params.conversation_id ?? '');
    const messages = sipMessagesOf(call, world.clock.now());
    const page = pageOf(messages, (message) => String(message.created_at_unix_micro), query, 20);
    if (page.kind === 'refused') return page.reply;
    return ok({ sip_messages: page.items, next_cursor: page.nextCursor, has_more: page.nextCursor !== null });
  }),

  route(deleteConversation, async (world, { params }) => {
    const id = params.conversation_id ?? '';
    if (!findCall(world, id)) return refusals.conversationNotFound(id);
    await world.change((state) => withCall(state, id, { deleted: true }));
    return ok({});
  }),
];
