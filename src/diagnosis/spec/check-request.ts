import type { SentRequest } from '../exchange/exchange.ts';
import type { FieldPlace, PlacedIssue } from '../match/match.ts';
import type { ApiDocument, ApiOperation, ApiServer } from './api-document.ts';
import { checkBody } from './check-body.ts';
import { pathValues } from './check-path.ts';
import { cookieValues, headerValues, queryValue } from './check-sent.ts';
import { checkValue, type SchemaIssue } from './check-value.ts';

/** Headers that OpenAPI tells to pass over as parameters (3.1.1, 4.8.12.1). */
const saidElsewhere = new Set(['accept', 'content-type', 'authorization']);

/**
 * What keeps a request from being right by the document, when it is meant to be this operation: its method and path, the values of its
 * parameters and its body. Names that the operation does not know are no issue unless a schema is closed. What is not known of the
 * request (its headers, a body that is not here) is not judged. A hole (`<name>`, in a path also `{name}`) fits.
 *
 * A missing parameter is at its own name. A method or path of another operation is at the path, with no steps.
 */
export function checkRequest(
  document: ApiDocument,
  operation: ApiOperation,
  server: ApiServer,
  request: SentRequest,
): readonly PlacedIssue[] {
  const found = checkMethod(operation, request);
  const fromPath = pathValues(`${server.basePath}${operation.path}`, request.path);
  if (fromPath === undefined) {
    const expected = `${server.basePath}${operation.path}`;
    found.push(
      placed('path', [], {
        at: [],
        pointer: operation.pointer,
        keyword: 'pattern',
        expected,
        sent: request.path,
        message: 'The path is not that of the operation.',
      }),
    );
  }
  const parameters = operation.parameters();
  const headers = request.headers && headerValues(request.headers);
  const cookies = headers && cookieValues(headers);
  for (const parameter of parameters) {
    const { in: part, name } = parameter;
    if (part === 'header' && saidElsewhere.has(name.toLowerCase())) continue;
    let value: unknown;
    if (part === 'path') value = fromPath?.get(name);
    else if (part === 'query') value = queryValue(document.root, parameter, parameters, request.query);
    else if (part === 'header') value = headers?.get(name.toLowerCase());
    else value = cookies?.get(name);
    if (value !== undefined) {
      const hole = part === 'path' ? isPathHole : isHole;
      const issues = checkValue(document, parameter.schemaPointer, value, 'text', hole);
      found.push(...issues.map((issue) => placed(part, [name, ...issue.at], issue)));
    } else if (parameter.required && isKnown(part, request)) {
      found.push(
        placed(part, [name], {
          at: [],
          pointer: parameter.pointer,
          keyword: 'required',
          expected: name,
          sent: undefined,
          message: 'A required parameter is missing.',
        }),
      );
    }
  }
  return [...found, ...checkBody(document, operation, request, isHole)];
}

function checkMethod(operation: ApiOperation, request: SentRequest): PlacedIssue[] {
  if (operation.method === request.method) return [];
  return [
    placed('path', [], {
      at: [],
      pointer: operation.pointer,
      keyword: 'const',
      expected: operation.method,
      sent: request.method,
      message: 'The method is not that of the operation.',
    }),
  ];
}

/** Parameters of the path are missing where the path is another one, which is told already. */
function isKnown(part: FieldPlace['in'], request: SentRequest): boolean {
  return part === 'query' || (part !== 'path' && request.headers !== undefined);
}

function isHole(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 200 && /^<[^<>]+>$/.test(value);
}

function isPathHole(value: unknown): boolean {
  return isHole(value) || (typeof value === 'string' && value.length <= 200 && /^\{[^{}]+\}$/.test(value));
}

function placed(part: FieldPlace['in'], steps: FieldPlace['steps'], issue: SchemaIssue): PlacedIssue {
  return { place: { in: part, steps }, issue };
}
