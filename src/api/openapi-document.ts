import { OpenAPIHono } from '@hono/zod-openapi';
import * as z from 'zod';
import { problem } from './problem.ts';
import { type ProblemCode, problemCodes } from './problem-codes.ts';
import type { Route } from './route.ts';
import { routes } from './routes.ts';

/** The OpenAPI 3.1 document of the API, made from its routes; `version` is Donna's. */
export function openApiDocument(version: string): Record<string, unknown> {
  // Only the registry of it is used: it knows how Zod's schemas are written in OpenAPI.
  const document = new OpenAPIHono();
  for (const [operationId, declared] of Object.entries<Route>(routes)) {
    document.openAPIRegistry.registerPath(operationOf(operationId, declared));
  }
  document.openAPIRegistry.registerComponent('securitySchemes', 'key', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'donna_…',
    description:
      'A key of `donna keys create`; on the server’s own machine also the token in its server.json.',
  });
  return {
    ...document.getOpenAPI31Document({
      openapi: '3.1.0',
      info: {
        title: 'Donna',
        version,
        description:
          'Outbound calls by ElevenLabs agents: placed once, followed to their end, explained when they fail. Every refusal is problem+json with a stable code.',
      },
      servers: [{ url: '/', description: 'The server that this document came from.' }],
      tags: [...new Set(Object.values<Route>(routes).map(({ tag }) => tag))].map((name) => ({ name })),
    }),
  };
}

function operationOf(operationId: string, declared: Route) {
  const { access, params, query, headers, body } = declared;
  return {
    operationId,
    method: declared.method.toLowerCase() as Lowercase<Route['method']>,
    path: declared.path,
    tags: [declared.tag],
    summary: declared.summary,
    description: [declared.description, accessSentence(access)].filter(Boolean).join('\n\n'),
    ...(access === 'anybody' ? { security: [] } : { security: [{ key: [] }] }),
    'x-access': access,
    request: {
      ...(params ? { params } : {}),
      ...(query ? { query } : {}),
      ...(headers ? { headers } : {}),
      ...(body ? { body: { required: true, content: { 'application/json': { schema: body } } } } : {}),
    },
    responses: { ...problemReplies(declared), ...plainReplies(declared) },
  };
}

function accessSentence(access: Route['access']): string {
  if (access === 'anybody') return 'Needs no key.';
  if (access === 'viewer-or-loopback')
    return 'Needs no key on the server’s own machine, elsewhere a viewer’s.';
  return `Needs the role ${access}, or one above it.`;
}

function plainReplies({ replies }: Route) {
  return Object.fromEntries(
    Object.entries(replies).map(([status, { description, schema, mediaType, headers }]) => [
      status,
      {
        description,
        ...(headers ? { headers: z.object(headerSchemas(headers)) } : {}),
        ...(schema || mediaType
          ? { content: { [mediaType ?? 'application/json']: { schema: schema ?? z.string() } } }
          : {}),
      },
    ]),
  );
}

function headerSchemas(headers: Readonly<Record<string, string>>): Record<string, z.ZodType> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, z.string().optional().meta({ description })]),
  );
}

function problemReplies(declared: Route) {
  const codes: ProblemCode[] = [
    'wrong-host',
    'wrong-origin',
    'internal',
    ...(declared.access === 'anybody'
      ? []
      : (['unauthenticated', 'forbidden', 'too-many-requests', 'storage'] as const)),
    // Also where nothing is taken: a parameter or a body that is not known is refused.
    'bad-input',
    ...(declared.method === 'POST' ? (['too-large', 'wrong-media-type'] as const) : []),
    ...(declared.problems ?? []),
  ];
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of new Set(codes)) {
    const { status } = problemCodes[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, ofStatus]) => [
      status,
      {
        description: ofStatus.map((code) => `\`${code}\`: ${problemCodes[code].title}.`).join(' '),
        content: { 'application/problem+json': { schema: problem } },
      },
    ]),
  );
}
