import { AppError } from '../../kernel/errors.ts';
import type {
  ApiBody,
  ApiDocument,
  ApiOperation,
  ApiParameter,
  DocumentOrigin,
  Json,
  SecurityScheme,
} from './api-document.ts';
import { followReference } from './follow-reference.ts';
import { isJson } from './is-json.ts';
import { atPointer, pointerStep } from './json-pointer.ts';
import { readServers } from './read-servers.ts';
import { createShapeReader } from './read-shape.ts';
import type { Shape } from './shape.ts';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/**
 * Indexes a parsed OpenAPI 3 document. Only names and words are read here; parameters, bodies and schemas are read when an operation
 * is looked at. Parts that are not as the standard has them are passed over.
 * @throws AppError `bad-input` where it is no OpenAPI 3 document.
 */
export function readApiDocument(root: unknown, origin: DocumentOrigin): ApiDocument {
  const document = checked(root, origin);
  const info = isJson(document.info) ? document.info : {};
  const shapeAt = createShapeReader(document);
  const servers = readServers(document.servers, origin);
  const operations: ApiOperation[] = [];
  for (const [path, declaredItem] of Object.entries(document.paths as Json)) {
    const item = follow(document, `#/paths${pointerStep(path)}`, declaredItem);
    const itemServers = Array.isArray(item.value.servers) ? readServers(item.value.servers, origin) : servers;
    for (const method of methods) {
      const declared = item.value[method];
      if (!isJson(declared)) continue;
      const pointer = `${item.pointer}/${method}`;
      operations.push({
        index: operations.length,
        method: method.toUpperCase(),
        path,
        operationId: text(declared.operationId),
        summary: text(declared.summary),
        description: text(declared.description),
        tags: Array.isArray(declared.tags) ? declared.tags.filter((tag) => typeof tag === 'string') : [],
        deprecated: declared.deprecated === true,
        pointer,
        servers: Array.isArray(declared.servers) ? readServers(declared.servers, origin) : itemServers,
        parameters: once(() => parametersOf(document, path, item.pointer, pointer, shapeAt)),
        body: once(() => bodyOf(document, pointer, shapeAt)),
        security: once(() => securityOf(document, declared)),
      });
    }
  }
  return {
    title: text(info.title) ?? origin.name,
    version: text(info.version),
    origin,
    root: document,
    servers,
    operations,
    shapeAt,
  };
}

function checked(root: unknown, origin: DocumentOrigin): Json {
  const refuse = (why: string, hint: string) =>
    new AppError('bad-input', `${origin.name} is no OpenAPI 3 document: ${why}.`, { hint });
  if (!isJson(root)) throw refuse('it is not an object', 'Give a document in JSON or YAML.');
  if (root.swagger !== undefined) {
    throw refuse(
      `it says swagger ${String(root.swagger).slice(0, 10)}`,
      'Convert it to OpenAPI 3 first, or ask the provider for its OpenAPI 3 document.',
    );
  }
  if (typeof root.openapi !== 'string' || !root.openapi.startsWith('3.')) {
    throw refuse('it does not say `openapi: 3.x`', 'Give an OpenAPI document of version 3.0, 3.1 or 3.2.');
  }
  if (!isJson(root.paths)) throw refuse('it has no `paths`', 'Give the document that lists the operations.');
  return root;
}

/** The path's parameters come first, in its order. */
function parametersOf(
  document: Json,
  path: string,
  item: string,
  operation: string,
  shapeAt: (pointers: readonly string[]) => Shape,
): ApiParameter[] {
  const found = new Map<string, ApiParameter>();
  for (const owner of [item, operation]) {
    const list = atPointer(document, `${owner}/parameters`);
    if (!Array.isArray(list)) continue;
    for (const index of list.keys()) {
      const { value, pointer } = follow(document, `${owner}/parameters/${index}`);
      const place = value.in;
      if (typeof value.name !== 'string') continue;
      if (place !== 'path' && place !== 'query' && place !== 'header' && place !== 'cookie') continue;
      const content = isJson(value.content) ? Object.keys(value.content)[0] : undefined;
      const schemaPointer =
        content === undefined ? `${pointer}/schema` : `${pointer}/content${pointerStep(content)}/schema`;
      found.set(`${place} ${value.name}`, {
        in: place,
        name: value.name,
        required: value.required === true || place === 'path',
        deprecated: value.deprecated === true,
        description: text(value.description),
        pointer,
        schemaPointer,
        shape: () => shapeAt([schemaPointer]),
      });
    }
  }
  const all = [...found.values()];
  const order = (one: ApiParameter) => path.indexOf(`{${one.name}}`);
  const inPath = all.filter((one) => one.in === 'path').sort((a, b) => order(a) - order(b));
  return [...inPath, ...all.filter((one) => one.in !== 'path')];
}

function bodyOf(
  document: Json,
  operation: string,
  shapeAt: (pointers: readonly string[]) => Shape,
): ApiBody | undefined {
  if (atPointer(document, `${operation}/requestBody`) === undefined) return undefined;
  const { value, pointer } = follow(document, `${operation}/requestBody`);
  const contents = isJson(value.content) ? Object.keys(value.content) : [];
  return {
    required: value.required === true,
    pointer,
    contents: contents.map((name) => {
      const schemaPointer = `${pointer}/content${pointerStep(name)}/schema`;
      return {
        type: (name.split(';')[0] ?? name).trim().toLowerCase(),
        schemaPointer,
        shape: () => shapeAt([schemaPointer]),
      };
    }),
  };
}

function securityOf(document: Json, operation: Json): SecurityScheme[][] {
  const alternatives = Array.isArray(operation.security) ? operation.security : document.security;
  if (!Array.isArray(alternatives)) return [];
  return alternatives
    .filter(isJson)
    .map((together) => Object.keys(together).map((name) => schemeOf(document, name)));
}

function schemeOf(document: Json, name: string): SecurityScheme {
  const { value } = follow(document, `#/components/securitySchemes${pointerStep(name)}`);
  const known = ['apiKey', 'http', 'oauth2', 'openIdConnect', 'mutualTLS'] as const;
  const kind = known.find((one) => one === value.type) ?? 'unknown';
  const place = (['header', 'query', 'cookie'] as const).find((one) => one === value.in);
  const key = text(value.name);
  const scheme = text(value.scheme)?.toLowerCase();
  return {
    name,
    kind,
    ...(place ? { in: place } : {}),
    ...(key === undefined ? {} : { key }),
    ...(scheme === undefined ? {} : { scheme }),
  };
}

/** Through the references; an empty object where there is none. */
function follow(document: Json, start: string, first?: unknown): { value: Json; pointer: string } {
  return followReference(document, start, first) ?? { value: {}, pointer: start };
}

function once<Value>(read: () => Value): () => Value {
  let known: { value: Value } | undefined;
  return () => {
    known ??= { value: read() };
    return known.value;
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
