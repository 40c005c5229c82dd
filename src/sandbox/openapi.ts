import * as z from 'zod';
import type { Operation } from '../wire/operation.ts';
import { operations } from '../wire/operations.ts';

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document of what the sandbox emulates of ElevenLabs, made from the wire's own schemas. */
export function openapiDocument(serverUrl: string): Json {
  const paths: Record<string, Json> = {};
  for (const operation of operations.filter((one) => one.provider === 'elevenlabs')) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method.toLowerCase()]: described(operation),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'ElevenLabs as the Donna sandbox emulates it',
      version: '1',
      description: 'A simulation: no phone rings. Not a document of ElevenLabs.',
    },
    servers: [{ url: serverUrl }],
    paths,
    components: {
      securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'xi-api-key' } },
      schemas: { HTTPValidationError: validationError },
    },
    security: [{ apiKey: [] }],
  };
}

function described(operation: Operation): Json {
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  const inPath = names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  const query = operation.query ? jsonSchema(operation.query, 'input') : {};
  const properties = (query.properties ?? {}) as Json;
  const required = (query.required ?? []) as string[];
  const inQuery = Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
  const type = operation.replyType ?? 'application/json';
  const schema =
    type === 'application/json'
      ? jsonSchema(operation.reply, 'output')
      : { type: 'string', format: 'binary' };
  return {
    operationId: operation.operationId ?? operation.name,
    summary: operation.summary,
    parameters: [...inPath, ...inQuery],
    ...(operation.body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: jsonSchema(operation.body, 'input') } },
      },
    }),
    responses: {
      [String(operation.status ?? 200)]: { description: 'Success', content: { [type]: { schema } } },
      422: {
        description: 'Validation error',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/HTTPValidationError' } } },
      },
    },
  };
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    // The provider drops unknown fields in silence, so its document does not forbid them.
    override: ({ jsonSchema: made }) => {
      if (made.additionalProperties === false) delete made.additionalProperties;
    },
  });
  return rest;
}

const validationError = {
  type: 'object',
  properties: {
    detail: {
      type: 'array',
      items: {
        type: 'object',
        required: ['loc', 'msg', 'type'],
        properties: {
          loc: { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'integer' }] } },
          msg: { type: 'string' },
          type: { type: 'string' },
        },
      },
    },
  },
};
