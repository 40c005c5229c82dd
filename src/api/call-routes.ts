import * as z from 'zod';
import { call, callPage, callQuery, createdCall } from './call.ts';
import { newCall, newCallHeaders } from './new-call.ts';
import { resolution } from './resolution.ts';
import { route } from './route.ts';
import { eventHeaders, timeline, timelineQuery } from './timeline.ts';
import { deliveryList } from './webhook-endpoint.ts';

const tag = 'Calls';

const params = z.object({
  id: z.string().min(1).max(200).meta({
    description: 'The id of a call, an attempt, a conversation (`conv_…`) or a carrier’s call (`CA…`).',
  }),
});

const one = { 200: { description: 'The call.', schema: call } };

/** Everything that is done with calls. */
export const callRoutes = {
  createCall: route({
    method: 'POST',
    path: '/v1/calls',
    tag,
    summary: 'Place a call',
    description:
      'The call is kept before this answers; it is dialled when the gate lets it. The same idempotency key and body get the same call again.',
    access: 'caller',
    headers: newCallHeaders,
    body: newCall,
    replies: {
      202: {
        description: 'The call, accepted or repeated.',
        schema: createdCall,
        headers: {
          Location: 'Where the call is.',
          'Idempotency-Replayed': '`true` where this is the call of an earlier request.',
        },
      },
    },
    problems: [
      'guard',
      'gate',
      'preflight',
      'idempotency-mismatch',
      'still-running',
      'not-found',
      'provider-unreachable',
    ],
  }),
  listCalls: route({
    method: 'GET',
    path: '/v1/calls',
    tag,
    summary: 'List calls, newest first',
    access: 'viewer',
    query: callQuery,
    replies: { 200: { description: 'A page.', schema: callPage } },
  }),
  getCall: route({
    method: 'GET',
    path: '/v1/calls/{id}',
    tag,
    summary: 'Read a call',
    access: 'viewer',
    params,
    replies: one,
    problems: ['not-found'],
  }),
  getTimeline: route({
    method: 'GET',
    path: '/v1/calls/{id}/timeline',
    tag,
    summary: 'Read what happened to a call',
    access: 'viewer',
    params,
    query: timelineQuery,
    replies: { 200: { description: 'A page.', schema: timeline } },
    problems: ['not-found'],
  }),
  followCall: route({
    method: 'GET',
    path: '/v1/calls/{id}/events',
    tag,
    summary: 'Follow a call',
    description:
      'Server-sent events: `timeline` with a TimelineEntry, past ones first, then as they happen; `end` with the Call when it is over, and the stream ends. `id` is the number of the entry.',
    access: 'viewer',
    params,
    headers: eventHeaders,
    replies: { 200: { description: 'The stream.', mediaType: 'text/event-stream' } },
    problems: ['not-found', 'too-many-requests'],
  }),
  getRecording: route({
    method: 'GET',
    path: '/v1/calls/{id}/recording',
    tag,
    summary: 'Hear a call',
    description:
      'The latest conversation of the call, or the one that is named. A single byte range may be asked for.',
    access: 'viewer',
    params,
    replies: {
      200: { description: 'The recording.', mediaType: 'audio/mpeg' },
      206: { description: 'A part of it.', mediaType: 'audio/mpeg' },
    },
    problems: ['not-found', 'wrong-range', 'provider-unreachable'],
  }),
  listDeliveries: route({
    method: 'GET',
    path: '/v1/calls/{id}/deliveries',
    tag,
    summary: 'See which webhooks went out for a call',
    access: 'viewer',
    params,
    replies: { 200: { description: 'Newest first.', schema: deliveryList } },
    problems: ['not-found'],
  }),
  cancelCall: route({
    method: 'POST',
    path: '/v1/calls/{id}/cancel',
    tag,
    summary: 'Cancel a call',
    description:
      'Before the dial it ends the call; during it, the attempt is hung up where it can be, and none follows.',
    access: 'caller',
    params,
    replies: one,
    problems: ['not-found', 'conflict'],
  }),
  retryCall: route({
    method: 'POST',
    path: '/v1/calls/{id}/retry',
    tag,
    summary: 'Try a call again that is over',
    description:
      'A caller may do so with calls of its own key; those of others, which have budgets and bypasses of their own, need an operator.',
    access: 'caller',
    params,
    replies: one,
    problems: ['not-found', 'conflict'],
  }),
  resolveCall: route({
    method: 'POST',
    path: '/v1/calls/{id}/resolve',
    tag,
    summary: 'Decide a call of which nobody knows how it ended',
    access: 'operator',
    params,
    body: resolution,
    replies: one,
    problems: ['not-found', 'conflict'],
  }),
};
