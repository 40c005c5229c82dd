import type { Json } from './api-document.ts';
import { followReference } from './follow-reference.ts';
import { isJson } from './is-json.ts';
import { atPointer, pointerStep } from './json-pointer.ts';
import { createShapeReader } from './read-shape.ts';
import type { Field, Shape } from './shape.ts';
import type { SpecModel, SpecOperation } from './spec-model.ts';

export type ReadDocument =
  | { readonly kind: 'document'; readonly model: SpecModel }
  | { readonly kind: 'not-a-document'; readonly why: string };

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Reads an OpenAPI 3 document (3.0, 3.1 or 3.2). Parts that are not as the standard has them are passed over. */
export function readDocument(document: unknown, title = 'the OpenAPI document'): ReadDocument {
  if (!isJson(document)) return { kind: 'not-a-document', why: 'it is not a JSON object' };
  if (typeof document.openapi !== 'string' || !document.openapi.startsWith('3.')) {
    return { kind: 'not-a-document', why: 'it does not say `openapi: 3.x`' };
  }
  if (!isJson(document.paths)) return { kind: 'not-a-document', why: 'it has no `paths`' };

  const shapeAt = createShapeReader(document);
  const operations: SpecOperation[] = [];
  for (const path of Object.keys(document.paths)) {
    const place = `#/paths${pointerStep(path)}`;
    const item = follow(document, place);
    for (const method of methods) {
      const declared = item.value[method];
      if (!isJson(declared)) continue;
      const pointer = `${item.pointer}/${method}`;
      const body = requestOf(document, pointer, shapeAt);
      operations.push({
        method: method.toUpperCase(),
        path,
        operationId: typeof declared.operationId === 'string' ? declared.operationId : undefined,
        deprecated: declared.deprecated === true,
        pointer,
        query: new Map([...queryOf(document, item.pointer, shapeAt), ...queryOf(document, pointer, shapeAt)]),
        request: body.shape,
        bodyRequired: body.required,
        reply: replyOf(document, `${pointer}/responses`, shapeAt),
      });
    }
  }
  return { kind: 'document', model: { title, operations } };
}

type ShapeAt = (pointers: readonly string[]) => Shape;

function queryOf(document: Json, owner: string, shapeAt: ShapeAt): Map<string, Field> {
  const fields = new Map<string, Field>();
  const list = atPointer(document, `${owner}/parameters`);
  if (!Array.isArray(list)) return fields;
  for (const index of list.keys()) {
    const { value, pointer } = follow(document, `${owner}/parameters/${index}`);
    if (value.in !== 'query' || typeof value.name !== 'string') continue;
    fields.set(value.name, {
      required: value.required === true,
      pointer,
      shape: () => shapeAt([`${pointer}/schema`]),
    });
  }
  return fields;
}

function requestOf(document: Json, operation: string, shapeAt: ShapeAt) {
  const { value, pointer } = follow(document, `${operation}/requestBody`);
  const types = isJson(value.content) ? Object.keys(value.content) : [];
  const type = types.find(isJsonType) ?? types.find((name) => name.includes('form'));
  return {
    required: value.required === true,
    shape: type === undefined ? undefined : shapeAt([`${pointer}/content${pointerStep(type)}/schema`]),
  };
}

function replyOf(document: Json, responses: string, shapeAt: ShapeAt): Shape | undefined {
  const declared = atPointer(document, responses);
  if (!isJson(declared)) return undefined;
  for (const status of Object.keys(declared).filter((name) => /^2/.test(name))) {
    const { value, pointer } = follow(document, `${responses}/${status}`);
    const type = isJson(value.content) ? Object.keys(value.content).find(isJsonType) : undefined;
    if (type !== undefined) return shapeAt([`${pointer}/content${pointerStep(type)}/schema`]);
  }
  return undefined;
}

/** The object at a pointer, through its references; an empty one where there is none. */
function follow(document: Json, start: string): { value: Json; pointer: string } {
  return followReference(document, start) ?? { value: {}, pointer: start };
}

function isJsonType(name: string): boolean {
  return /[/+]json\b/.test(name);
}
