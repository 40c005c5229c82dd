import * as z from 'zod';
import type { Operation } from '../../wire/operation.ts';
import { createShapeReader } from './read-shape.ts';
import type { Shape } from './shape.ts';
import type { SpecModel, SpecOperation } from './spec-model.ts';

/** Our wire in the form in which it is compared with a document. */
export function readOperations(operations: readonly Operation[], title = 'the wire'): SpecModel {
  return { title, operations: operations.map(read) };
}

function read(operation: Operation): SpecOperation {
  const query = shapeOf(operation.query);
  const replyType = operation.replyType ?? 'application/json';
  return {
    method: operation.method,
    path: operation.path,
    operationId: operation.operationId,
    deprecated: false,
    pointer: `#/${operation.name}`,
    query: query?.fields ?? new Map(),
    request: shapeOf(operation.body),
    bodyRequired: operation.body !== undefined,
    reply: replyType === 'application/json' ? shapeOf(operation.reply) : undefined,
  };
}

function shapeOf(schema: z.ZodType | undefined): Shape | undefined {
  if (schema === undefined) return undefined;
  // `input` on both sides: what travels, before we parse it into something else.
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return createShapeReader(json)(['#']);
}
