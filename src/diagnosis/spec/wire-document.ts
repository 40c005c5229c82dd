import * as z from 'zod';
import type { Operation, Provider } from '../../wire/operation.ts';
import { operations } from '../../wire/operations.ts';
import type { Json } from './api-document.ts';

interface ProviderFacts {
  readonly title: string;
  readonly server: string;
  readonly security: Readonly<Record<string, Json>>;
}

const facts: Readonly<Record<Provider, ProviderFacts>> = {
  elevenlabs: {
    title: 'ElevenLabs, as far as Donna uses it',
    server: 'https://api.elevenlabs.io',
    security: { apiKey: { type: 'apiKey', in: 'header', name: 'xi-api-key' } },
  },
  twilio: {
    title: 'Twilio, as far as Donna uses it',
    server: 'https://api.twilio.com',
    security: { accountSid_authToken: { type: 'http', scheme: 'basic' } },
  },
};

/**
 * An OpenAPI 3.1 document of the requests that Donna makes of a provider, from the schemas that she sends and reads by. It stands in
 * where the provider's own document cannot be had, and knows these operations alone. Importing this loads Zod and the whole wire.
 */
export function wireDocument(provider: Provider): Json {
  const { title, server, security } = facts[provider];
  const paths = new Map<string, Record<string, Json>>();
  for (const operation of operations.filter((one) => one.provider === provider)) {
    const item = paths.get(operation.path) ?? {};
    item[operation.method.toLowerCase()] = described(operation);
    paths.set(operation.path, item);
  }
  return {
    openapi: '3.1.0',
    info: {
      title,
      version: '1',
      description: 'Made from Donna’s own schemas; not a document of the provider.',
    },
    servers: [{ url: server }],
    paths: Object.fromEntries(paths),
    components: { securitySchemes: security },
    security: Object.keys(security).map((name) => ({ [name]: [] })),
  };
}

function described(operation: Operation): Json {
  const type = operation.replyType ?? 'application/json';
  const schema =
    type === 'application/json' ? schemaOf(operation.reply) : { type: 'string', format: 'binary' };
  return {
    operationId: operation.operationId ?? operation.name,
    summary: operation.summary,
    parameters: [...pathParameters(operation.path), ...queryParameters(operation.query)],
    ...(operation.body && { requestBody: requestBody(operation.body, operation.encoding) }),
    responses: {
      [String(operation.status ?? 200)]: { description: 'Success', content: { [type]: { schema } } },
    },
  };
}

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters(query: z.ZodType | undefined): Json[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(query) as { properties?: Json; required?: string[] };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

function requestBody(body: z.ZodType, encoding: Operation['encoding']): Json {
  const type = encoding === 'form' ? 'application/x-www-form-urlencoded' : 'application/json';
  return { required: true, content: { [type]: { schema: schemaOf(body) } } };
}

function schemaOf(schema: z.ZodType): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    // What travels, before it is parsed into something else.
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // Donna refuses what she does not know; the providers drop it in silence, and this is about them.
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      // Zod bounds integers by what JavaScript can hold, the providers do not.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return rest;
}
