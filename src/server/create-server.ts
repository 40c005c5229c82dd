import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import type { Route } from '../api/route.ts';
import { createAdmit } from './access/admit.ts';
import { createAuthenticate } from './access/authenticate.ts';
import { checkAddress, isOverLoopback } from './access/check-address.ts';
import { createRateLimit } from './access/rate-limit.ts';
import type { Caller } from './caller.ts';
import type { ServerDeps } from './deps.ts';
import { createDocsPage } from './docs-page.ts';
import type { Answer, Exchange } from './exchange.ts';
import { createKnownPaths } from './known-paths.ts';
import { createListen, type Listen } from './listen.ts';
import { problemReply } from './problem-reply.ts';
import { handlers } from './routes/handlers.ts';
import { serveRoute } from './serve-route.ts';
import { servedRoutes } from './served-routes.ts';

type Env = { Bindings: Partial<HttpBindings> };

/** What is known of a request besides its reply, for headers and log. */
interface Noted {
  readonly requestId: string;
  caller?: Caller | undefined;
  headers: Readonly<Record<string, string>>;
}

const secure = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

export interface Server {
  readonly app: Hono<Env>;
  readonly listen: Listen;
}

/**
 * The HTTP server. A request is judged in this order: Host and Origin, path and method, key, rate, role, then path, query, headers and body, all their
 * faults at once.
 */
export function createServer(deps: ServerDeps): Server {
  const { clock, log, metrics } = deps;
  const app = new Hono<Env>();
  const closing = new AbortController();
  const authenticate = createAuthenticate(deps);
  const admit = createAdmit({ authenticate, limit: createRateLimit(clock) });
  const docs = createDocsPage(deps.version);
  const noRoute = createKnownPaths(Object.values<Route>(servedRoutes));

  /** Runs what answers a request, turns what it throws into a problem, and notes how it went. */
  async function attend(
    context: Context<Env>,
    operation: string,
    run: (noted: Noted) => Promise<Response>,
  ): Promise<Response> {
    const startedMs = clock.monotonic();
    const noted: Noted = {
      requestId: `req_${Buffer.from(deps.randomBytes(12)).toString('base64url')}`,
      headers: {},
    };
    let response: Response;
    try {
      if (!addressless.has(operation)) checkAddress(context.req.raw.headers, deps.hosts);
      response = await run(noted);
    } catch (error) {
      response = await problemReply(error, noted.requestId, deps);
    }
    for (const [name, value] of Object.entries(secure)) {
      if (!response.headers.has(name)) response.headers.set(name, value);
    }
    for (const [name, value] of Object.entries(noted.headers)) response.headers.set(name, value);
    response.headers.set('X-Request-Id', noted.requestId);
    const seconds = (clock.monotonic() - startedMs) / 1000;
    const { status } = response;
    metrics.requestServed({ operation, status, seconds });
    const ms = Math.round(seconds * 1e4) / 10;
    const facts = { requestId: noted.requestId, operation, status, ms, keyId: noted.caller?.keyId };
    log[probes.has(operation) ? 'debug' : 'info'](facts, 'request served');
    return response;
  }

  const all = handlers(deps, { authenticate, closing: closing.signal });
  for (const [name, route] of Object.entries<Route>(servedRoutes)) {
    const handler = all[name as keyof typeof all] as (exchange: Exchange<Route>) => Promise<Answer>;
    app.on(route.method, route.path.replace(/\{(\w+)\}/g, ':$1'), (context) =>
      attend(context, name, async (noted) => {
        const address = context.env?.incoming?.socket.remoteAddress;
        const headers = context.req.raw.headers;
        const admitted = await admit({
          authorization: headers.get('authorization') || undefined,
          address: address ?? '',
          overLoopback: isOverLoopback(address, headers),
          access: route.access,
        });
        noted.caller = admitted.caller;
        noted.headers = admitted.headers;
        return serveRoute(route, handler, {
          request: context.req.raw,
          params: context.req.param(),
          caller: admitted.caller,
          // Made only for those who listen to it: it costs, and few do.
          get signal() {
            return context.req.raw.signal;
          },
        });
      }),
    );
  }
  for (const webhook of deps.webhooks) app.route('/', webhook);
  app.get('/openapi.json', (context) => attend(context, 'openapi', async () => docs.document()));
  app.get('/docs', (context) => attend(context, 'docs', async () => docs.page()));
  app.get('/docs/:name', (context) =>
    attend(context, 'docs', async () => {
      const asset = await docs.asset(context.req.param('name'));
      if (asset) return asset;
      throw noRoute('');
    }),
  );
  app.notFound((context) =>
    attend(context, 'none', async () => {
      throw noRoute(context.req.path);
    }),
  );
  app.onError((error, context) =>
    attend(context, 'webhook', async () => {
      throw error;
    }),
  );
  return { app, listen: createListen({ fetch: app.fetch, keys: deps.keys, clock, closing }) };
}

/** A probe comes by whatever address a node has, and a webhook by that of a tunnel. */
const addressless = new Set(['healthz', 'webhook']);
const probes = new Set(['healthz', 'readyz', 'metrics']);
