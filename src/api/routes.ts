import { callRoutes } from './call-routes.ts';
import { controlRoutes } from './control-routes.ts';
import { explainRequest, explanation, MOST_EXPLAIN_BYTES } from './explain.ts';
import { health, readiness } from './health.ts';
import { route } from './route.ts';

/** Every operation of the API by its operation id. */
export const routes = {
  ...callRoutes,
  ...controlRoutes,
  explain: route({
    method: 'POST',
    path: '/v1/explain',
    tag: 'Requests',
    summary: 'Say why a request fails, and what to send instead',
    description:
      'The request is read and never sent, and nothing is fetched: a URL in place of a document is refused. It has a few seconds and a share of memory of its own, and the answer of `donna explain --json`.',
    access: 'viewer',
    body: explainRequest,
    mostBodyBytes: MOST_EXPLAIN_BYTES,
    replies: { 200: { description: 'The explanation.', schema: explanation } },
    problems: ['no-document', 'too-costly', 'too-many-requests', 'bad-config', 'not-ready'],
  }),
  healthz: route({
    method: 'GET',
    path: '/healthz',
    tag: 'Operation',
    summary: 'Whether the process is up',
    access: 'anybody',
    replies: { 200: { description: 'It is.', schema: health } },
  }),
  readyz: route({
    method: 'GET',
    path: '/readyz',
    tag: 'Operation',
    summary: 'Whether the service can work',
    access: 'viewer-or-loopback',
    replies: {
      200: { description: 'It can.', schema: readiness },
      503: { description: 'It cannot, and why.', schema: readiness },
    },
  }),
  metrics: route({
    method: 'GET',
    path: '/metrics',
    tag: 'Operation',
    summary: 'Figures for Prometheus',
    access: 'viewer-or-loopback',
    replies: { 200: { description: 'The text format of Prometheus.', mediaType: 'text/plain' } },
  }),
};

export type Routes = typeof routes;
export type RouteName = keyof Routes;
