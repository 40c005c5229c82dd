import { accountRoutes } from './account.ts';
import { agentRoutes } from './agents.ts';
import { conversationRoutes } from './conversations.ts';
import { dialRoutes } from './dial.ts';
import { lineRoutes } from './lines.ts';
import type { Route } from './route.ts';
import { settingsRoutes } from './settings.ts';
import { twilioRoutes } from './twilio.ts';
import { twilioRecordingRoutes } from './twilio-recordings.ts';
import { webhookRoutes } from './webhooks.ts';

/** Every operation that the sandbox answers. */
export const routes: readonly Route[] = [
  ...dialRoutes,
  ...conversationRoutes,
  ...agentRoutes,
  ...lineRoutes,
  ...accountRoutes,
  ...settingsRoutes,
  ...webhookRoutes,
  ...twilioRoutes,
  ...twilioRecordingRoutes,
];
