import * as z from 'zod';
import { dialling, stopOrder } from './dialling.ts';
import { forgetReport, forgetRequest } from './forget.ts';
import { createdKey, keyList, newKey, revokedKey } from './key.ts';
import { route } from './route.ts';
import { newSuppression, suppression, suppressionPage, suppressionQuery } from './suppression.ts';
import {
  createdWebhookEndpoint,
  newWebhookEndpoint,
  webhookEndpoint,
  webhookEndpointList,
} from './webhook-endpoint.ts';

const idOf = (description: string) => z.object({ id: z.string().min(1).max(200).meta({ description }) });

/** What holds calls back, who may do what, and who is told. */
export const controlRoutes = {
  listSuppressions: route({
    method: 'GET',
    path: '/v1/suppressions',
    tag: 'Suppressions',
    summary: 'List numbers that are not called',
    access: 'viewer',
    query: suppressionQuery,
    replies: { 200: { description: 'A page.', schema: suppressionPage } },
  }),
  addSuppression: route({
    method: 'POST',
    path: '/v1/suppressions',
    tag: 'Suppressions',
    summary: 'Call a number no more',
    access: 'operator',
    body: newSuppression,
    replies: { 201: { description: 'Added, or put in the place of an earlier one.', schema: suppression } },
  }),
  removeSuppression: route({
    method: 'DELETE',
    path: '/v1/suppressions/{id}',
    tag: 'Suppressions',
    summary: 'Let a number be called again',
    access: 'operator',
    params: idOf('The id of the suppression, or the number itself.'),
    replies: { 204: { description: 'Removed.' } },
    problems: ['not-found'],
  }),
  readDialling: route({
    method: 'GET',
    path: '/v1/dialling',
    tag: 'Dialling',
    summary: 'See whether anything is dialled',
    access: 'viewer',
    replies: { 200: { description: 'How it stands.', schema: dialling } },
  }),
  stopDialling: route({
    method: 'POST',
    path: '/v1/dialling/stop',
    tag: 'Dialling',
    summary: 'Stop all dialling at once',
    description: 'Calls that are under way go on; nothing new is dialled by any node until it is resumed.',
    access: 'operator',
    body: stopOrder,
    replies: { 200: { description: 'How it stands.', schema: dialling } },
  }),
  resumeDialling: route({
    method: 'POST',
    path: '/v1/dialling/resume',
    tag: 'Dialling',
    summary: 'Dial again',
    access: 'operator',
    replies: { 200: { description: 'How it stands.', schema: dialling } },
  }),
  forget: route({
    method: 'POST',
    path: '/v1/forget',
    tag: 'Privacy',
    summary: 'Forget a person',
    description:
      'Erases number, variables, what was said and recordings: here, at the provider and at the carrier. Says what it could not reach.',
    access: 'admin',
    body: forgetRequest,
    replies: { 200: { description: 'What was erased.', schema: forgetReport } },
    problems: ['conflict'],
  }),
  listKeys: route({
    method: 'GET',
    path: '/v1/keys',
    tag: 'Keys',
    summary: 'List keys',
    access: 'admin',
    replies: { 200: { description: 'All of them.', schema: keyList } },
  }),
  createKey: route({
    method: 'POST',
    path: '/v1/keys',
    tag: 'Keys',
    summary: 'Create a key',
    access: 'admin',
    body: newKey,
    replies: { 201: { description: 'The key, shown this once.', schema: createdKey } },
    problems: ['conflict'],
  }),
  revokeKey: route({
    method: 'DELETE',
    path: '/v1/keys/{id}',
    tag: 'Keys',
    summary: 'Revoke a key',
    description:
      'Its calls that were not dialled yet are cancelled. Other nodes honour the key for ten more seconds at most.',
    access: 'admin',
    params: idOf('The id of the key, or its name where no other has it.'),
    replies: {
      200: { description: 'The key, and how many calls of it were cancelled.', schema: revokedKey },
    },
    problems: ['not-found'],
  }),
  listWebhookEndpoints: route({
    method: 'GET',
    path: '/v1/webhook-endpoints',
    tag: 'Webhooks',
    summary: 'List webhook endpoints',
    access: 'viewer',
    replies: { 200: { description: 'All of them.', schema: webhookEndpointList } },
  }),
  addWebhookEndpoint: route({
    method: 'POST',
    path: '/v1/webhook-endpoints',
    tag: 'Webhooks',
    summary: 'Send events of calls somewhere',
    access: 'admin',
    body: newWebhookEndpoint,
    replies: {
      201: { description: 'The endpoint, its secret shown this once.', schema: createdWebhookEndpoint },
    },
  }),
  getWebhookEndpoint: route({
    method: 'GET',
    path: '/v1/webhook-endpoints/{id}',
    tag: 'Webhooks',
    summary: 'Read a webhook endpoint',
    access: 'viewer',
    params: idOf('The id of the endpoint.'),
    replies: { 200: { description: 'The endpoint.', schema: webhookEndpoint } },
    problems: ['not-found'],
  }),
  removeWebhookEndpoint: route({
    method: 'DELETE',
    path: '/v1/webhook-endpoints/{id}',
    tag: 'Webhooks',
    summary: 'Send nothing there any more',
    access: 'admin',
    params: idOf('The id of the endpoint.'),
    replies: { 204: { description: 'Removed.' } },
    problems: ['not-found'],
  }),
};
