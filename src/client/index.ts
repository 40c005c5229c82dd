/** The package's `./client`: a typed client of Donna's API, for Node and browsers. */
export type { Call, CallPage, CallQuery, CallSummary, CreatedCall } from '../api/call.ts';
export type { ExplainRequestInput } from '../api/explain.ts';
export type { NewKeyInput } from '../api/key.ts';
export type { NewCallInput } from '../api/new-call.ts';
export type { ProblemCode } from '../api/problem-codes.ts';
export type { ResolutionInput } from '../api/resolution.ts';
export type { NewSuppressionInput } from '../api/suppression.ts';
export type { TimelineEntry } from '../api/timeline.ts';
export type { NewWebhookEndpointInput } from '../api/webhook-endpoint.ts';
export { ApiError } from './api-error.ts';
export type { ClientFetch } from './client-fetch.ts';
export { createDonnaClient, type DonnaClient, type DonnaClientOptions } from './create-donna-client.ts';
export type { FollowedEvent, FollowOptions } from './follow-call.ts';
