import * as z from 'zod';
import { moment } from './fields.ts';

/** Where events of calls are sent, and what became of each. */

export const eventNames = [
  'call.dialing',
  'call.accepted',
  'call.unknown',
  'call.needs-person',
  'call.attempt-ended',
  'call.ended',
] as const;

export const newWebhookEndpoint = z
  .strictObject({
    url: z.url({ protocol: /^https?$/ }).max(2000),
    events: z
      .array(z.enum(eventNames))
      .max(eventNames.length)
      .default([])
      .meta({ description: 'Empty means all.' }),
  })
  .meta({
    id: 'NewWebhookEndpoint',
    examples: [{ url: 'https://example.com/donna', events: ['call.ended'] }],
  });

export const webhookEndpoint = z
  .looseObject({
    id: z.string(),
    url: z.string(),
    events: z.array(z.string()),
    createdAt: moment,
    createdBy: z.string(),
    disabledAt: moment.nullable(),
  })
  .meta({ id: 'WebhookEndpoint' });

export const createdWebhookEndpoint = webhookEndpoint
  .extend({
    secret: z.string().meta({ description: 'Shown this once. It signs what is sent (Standard Webhooks).' }),
  })
  .meta({ id: 'CreatedWebhookEndpoint' });

export const webhookEndpointList = z
  .looseObject({ items: z.array(webhookEndpoint) })
  .meta({ id: 'WebhookEndpointList' });

export const delivery = z
  .looseObject({
    id: z.string(),
    kind: z.string(),
    state: z.enum(['open', 'done', 'failed']),
    event: z.string().nullable(),
    endpointId: z.string().nullable(),
    createdAt: moment,
    nextTryAt: moment.nullable(),
    tries: z.array(z.looseObject({ at: moment, ok: z.boolean(), note: z.string() })),
  })
  .meta({ id: 'Delivery', description: 'One event on its way to one endpoint, with every attempt.' });

export const deliveryList = z.looseObject({ items: z.array(delivery) }).meta({ id: 'DeliveryList' });

export type NewWebhookEndpointInput = z.input<typeof newWebhookEndpoint>;
export type WebhookEndpointView = z.output<typeof webhookEndpoint>;
export type CreatedWebhookEndpoint = z.output<typeof createdWebhookEndpoint>;
export type Delivery = z.output<typeof delivery>;
