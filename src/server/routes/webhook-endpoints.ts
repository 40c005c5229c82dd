import type { CreatedWebhookEndpoint, WebhookEndpointView } from '../../api/webhook-endpoint.ts';
import type { WebhookEndpoint } from '../../calls/index.ts';
import type { ServerDeps } from '../deps.ts';
import type { Handlers } from '../exchange.ts';
import { Refused } from '../refused.ts';
import { momentText } from '../views/moment-text.ts';

const MAX_ENDPOINTS = 20;

/** Where events of calls are sent. */
export function webhookEndpoints(
  deps: Pick<ServerDeps, 'endpoints' | 'clock' | 'randomBytes'>,
): Pick<
  Handlers,
  'listWebhookEndpoints' | 'addWebhookEndpoint' | 'getWebhookEndpoint' | 'removeWebhookEndpoint'
> {
  const missing = () =>
    new Refused('not-found', 'No webhook endpoint has this id.', {
      hint: 'GET /v1/webhook-endpoints lists them.',
    });
  return {
    async listWebhookEndpoints() {
      return { status: 200, body: { items: (await deps.endpoints.list()).map(view) } };
    },
    async addWebhookEndpoint({ body, caller }) {
      const { username, password } = new URL(body.url);
      if (username || password) {
        throw new Refused('bad-input', 'The address holds a user name or a password.', {
          hint: 'What is sent is signed: check the signature in its place.',
          errors: [{ pointer: '/url', detail: 'It holds a user name or a password.' }],
        });
      }
      if ((await deps.endpoints.list()).length >= MAX_ENDPOINTS)
        throw new Refused('conflict', `There are ${MAX_ENDPOINTS} endpoints already.`);
      const endpoint: WebhookEndpoint = {
        id: `endpoint_${Buffer.from(deps.randomBytes(12)).toString('hex')}`,
        url: body.url,
        // The form of Standard Webhooks: a prefix, and the bytes of the secret in base64.
        secret: `whsec_${Buffer.from(deps.randomBytes(32)).toString('base64')}`,
        events: body.events,
        createdMs: deps.clock.now(),
        createdBy: caller.name,
        disabledMs: undefined,
      };
      await deps.endpoints.add(endpoint);
      const reply: CreatedWebhookEndpoint = { ...view(endpoint), secret: endpoint.secret };
      return { status: 201, body: reply };
    },
    async getWebhookEndpoint({ params }) {
      const endpoint = await deps.endpoints.get(params.id);
      if (!endpoint) throw missing();
      return { status: 200, body: view(endpoint) };
    },
    async removeWebhookEndpoint({ params }) {
      if (await deps.endpoints.remove(params.id)) return { status: 204 };
      throw missing();
    },
  };
}

function view(endpoint: WebhookEndpoint): WebhookEndpointView {
  return {
    id: endpoint.id,
    url: endpoint.url,
    events: [...endpoint.events],
    createdAt: momentText(endpoint.createdMs),
    createdBy: endpoint.createdBy,
    disabledAt: momentText(endpoint.disabledMs),
  };
}
