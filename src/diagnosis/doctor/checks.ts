import { agent } from './agent.ts';
import { agents } from './agents.ts';
import { callEndpoints } from './call-endpoints.ts';
import type { Check } from './check.ts';
import { clockSkew } from './clock-skew.ts';
import { document } from './document.ts';
import { key } from './key.ts';
import { keyRights } from './key-rights.ts';
import { lines } from './lines.ts';
import { plan } from './plan.ts';
import { reachability } from './reachability.ts';
import { tls } from './tls.ts';
import { twilioAccount } from './twilio-account.ts';
import { twilioCredentials } from './twilio-credentials.ts';
import { twilioNumber } from './twilio-number.ts';
import { webhookSecret } from './webhook-secret.ts';
import { workspaceWebhook } from './workspace-webhook.ts';
import { wrongEndpoints } from './wrong-endpoints.ts';

/** In the order of a careful engineer: each only after those that it needs. */
export const checks: readonly Check[] = [
  reachability,
  tls,
  clockSkew,
  key,
  keyRights,
  plan,
  agents,
  agent,
  lines,
  callEndpoints,
  wrongEndpoints,
  document,
  twilioCredentials,
  twilioAccount,
  twilioNumber,
  webhookSecret,
  workspaceWebhook,
];
