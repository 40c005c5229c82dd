import { createAgent, getAgent, listAgents, updateAgent } from './elevenlabs/agent.ts';
import {
  deleteConversation,
  getConversation,
  getConversationAudio,
  listConversationSipMessages,
  listConversations,
} from './elevenlabs/conversation.ts';
import { getLiveCount } from './elevenlabs/live-count.ts';
import { dialExotel, dialSipTrunk, dialTwilio } from './elevenlabs/outbound-call.ts';
import {
  getPhoneNumber,
  importPhoneNumber,
  listPhoneNumbers,
  updatePhoneNumber,
} from './elevenlabs/phone-number.ts';
import { getSettings, updateSettings } from './elevenlabs/settings.ts';
import { getSubscription, getUser } from './elevenlabs/user.ts';
import { createWebhook, listWebhooks, updateWebhook } from './elevenlabs/workspace-webhook.ts';
import type { Operation } from './operation.ts';
import { getAccount } from './twilio/account.ts';
import { getCall, listCalls, updateCall } from './twilio/call.ts';
import { listIncomingNumbers } from './twilio/incoming-number.ts';
import { deleteCallRecording, listCallRecordings } from './twilio/recording.ts';

/**
 * Every request that Donna makes, of both providers. For what needs all of them (the sandbox, the drift check); a command
 * imports the single file it uses, so that it loads no more than that.
 */
export const operations: readonly Operation[] = [
  dialTwilio,
  dialSipTrunk,
  dialExotel,
  listAgents,
  getAgent,
  createAgent,
  updateAgent,
  listPhoneNumbers,
  getPhoneNumber,
  importPhoneNumber,
  updatePhoneNumber,
  listConversations,
  getConversation,
  getConversationAudio,
  listConversationSipMessages,
  deleteConversation,
  getLiveCount,
  getUser,
  getSubscription,
  getSettings,
  updateSettings,
  listWebhooks,
  createWebhook,
  updateWebhook,
  getAccount,
  listIncomingNumbers,
  getCall,
  listCalls,
  updateCall,
  listCallRecordings,
  deleteCallRecording,
];
